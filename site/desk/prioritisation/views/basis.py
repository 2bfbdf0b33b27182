# SPDX-License-Identifier: EUPL-1.2
"""What initiatives are compared by: a table of an area or of all, and two to six side by side.

R44: the same questions to all, so that the empty cells are seen. R68, R69: the whole in one view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from casework.initiatives.basis import YEARS, levels_of, spaced
from casework.initiatives.enums import BenefitGroup, QuestionKind
from casework.initiatives.models import Question
from casework.initiatives.selectors import bases_of, questions_of
from casework.organisation.models import ServiceArea
from casework.planning.models import RoundArea
from casework.planning.selectors import area_of
from casework.prioritisation import permissions
from casework.prioritisation.selectors import area_places
from casework.process.enums import Standing
from casework.process.models import Candidacy
from casework.register.models import Case, CaseLink
from casework.register.selectors import dependencies_of
from desk.prioritisation.views.base import RoundView
from desk.prioritisation.views.columns import (
    Column,
    Compared,
    administration_of,
    columns,
    dependencies,
)
from ui.exports import workbook

FEWEST, MOST = 2, 6
PAGE = 50


class BasisView(RoundView):
    """A page of what initiatives are compared by: of one area, or of all areas of the round."""

    header_icon = "table"
    area: RoundArea | None = None

    def may_open(self) -> bool:
        """An area's by its group, all by the office and the bodies that read the proposal."""
        slug = self.kwargs.get("area")
        if slug is None:
            return permissions.may_read_proposal(self.user)
        self.area = area_of(self.round, get_object_or_404(ServiceArea, slug=slug))
        if self.area is None:
            raise Http404
        return permissions.may_read_area(self.user, self.area) or permissions.may_read_proposal(
            self.user
        )

    @property
    def where(self) -> str:
        """The area, or all."""
        return str(self.area.service_area) if self.area else _("alla områden")

    def candidacies(self) -> QuerySet[Candidacy]:
        """What stands in the round, or in the area's part of it; nobody's right is asked."""
        rows = Candidacy.objects.filter(round=self.round).exclude(stage=Standing.WITHDRAWN)
        if self.area is not None:
            rows = rows.filter(initiative__service_area=self.area.service_area)
        return rows

    def visible(self) -> QuerySet[Candidacy]:
        """What of it the person sees, the oldest case first."""
        return (
            self.candidacies()
            .filter(initiative__case__in=Case.objects.visible_to(self.user))
            .select_related(
                "initiative__case", "initiative__administration", "initiative__service_area"
            )
            .prefetch_related("initiative__affected")
            .order_by("initiative__case__entry_id", "pk")
        )

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each candidacy on its area's fixed list."""
        return area_places(self.round)

    def hidden(self) -> int:
        """How many the person does not see."""
        return (
            self.candidacies()
            .exclude(initiative__case__in=Case.objects.visible_to(self.user))
            .count()
        )

    def compared(
        self, rows: Iterable[Candidacy], links: Mapping[int, list[CaseLink]] | None = None
    ) -> list[Compared]:
        """What some that the person sees are compared by.

        Args:
            links: what hangs on what, by case, where the caller has read it already.
        """
        seen = list(rows)
        keys = [row.initiative.case_id for row in seen]
        shown = Case.objects.shown_to(self.user).filter(pk__in=keys)
        titles: dict[int | None, str] = dict(shown.values_list("pk", "shown_title"))
        if links is None:
            links = dependencies_of(self.user, [pk for pk in titles if pk])
        bases = bases_of(row.initiative for row in seen)
        return [
            Compared(
                row,
                basis,
                titles[row.initiative.case_id],
                self.places.get(row.pk),
                links.get(row.initiative.case_id or 0, []),
            )
            for row, basis in zip(seen, bases, strict=True)
            if row.initiative.case_id in titles
        ]

    def address(self, name: str) -> str:
        """A sibling page of the same area, or of all."""
        if self.area is None:
            return reverse(f"desk_{name}_all", args=[self.round.slug])
        return reverse(f"desk_{name}", args=[self.round.slug, self.area.service_area.slug])


class TableView(BasisView):
    """All initiatives of an area in one table: sortable, printable, as a file (R44, R68)."""

    template_name = "desk/prioritisation/table.html"

    def get_page_title(self) -> str:
        """What is compared."""
        return _("Underlag: %(where)s, %(round)s") % {"where": self.where, "round": self.round}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the same as a workbook."""
        if request.GET.get("format") == "xlsx":
            return self.workbook()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of the rows in the chosen order, gaps marked."""
        page = Paginator(self.ordered(), PAGE).get_page(self.request.GET.get("sida"))
        rows = self.compared(page.object_list)
        table = columns()
        chosen, falling = self.order
        return super().get_context_data(
            columns=[
                {
                    "label": column.label,
                    "is_number": column.is_number,
                    "sorted": ("descending" if falling else "ascending")
                    if column.key == chosen
                    else "",
                    "next": f"-{column.key}"
                    if column.key == chosen and not falling
                    else column.key,
                    "can_sort": column.order is not None,
                }
                for column in table
            ],
            rows=[
                {"compared": row, "cells": [_cell(column, row) for column in table]} for row in rows
            ],
            page=page,
            hidden=self.hidden(),
            gaps=sum(
                column.needed and _is_empty(column.value(row)) for row in rows for column in table
            ),
            compare=self.address("compare"),
            round_area=self.area,
            fewest=FEWEST,
            most=MOST,
            **kwargs,
        )

    @property
    def order(self) -> tuple[str, bool]:
        """By which column, and whether the largest comes first."""
        text = self.request.GET.get("ordning", "")
        return text.removeprefix("-"), text.startswith("-")

    def ordered(self) -> QuerySet[Candidacy]:
        """What is compared, by the chosen column; rows with an empty cell come last."""
        key, falling = self.order
        column = next((each for each in columns() if each.key == key and each.order), None)
        rows = self.visible()
        if column is None or column.order is None:
            return rows
        by = F("chosen").desc(nulls_last=True) if falling else F("chosen").asc(nulls_last=True)
        return rows.annotate(chosen=column.order(self.round)).order_by(
            by, "initiative__case__entry_id", "pk"
        )

    def workbook(self) -> HttpResponse:
        """The same table for a spreadsheet."""
        table = columns()
        rows: list[list[Any]] = [
            [_("Diarienummer"), _("Ärendemening"), *(str(column.label) for column in table)]
        ]
        for row in self.compared(self.ordered()):
            assert row.case is not None  # whoever stands in a round has a number
            rows.append([row.case.dnr, row.title, *(column.value(row) for column in table)])
        return workbook(f"underlag-{self.round.slug}.xlsx", {_("Underlag"): rows})


class CompareView(BasisView):
    """Two to six initiatives side by side, question by question (R44)."""

    template_name = "desk/prioritisation/compare.html"

    def get_page_title(self) -> str:
        """What is compared."""
        return _("Jämför: %(where)s, %(round)s") % {"where": self.where, "round": self.round}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A column for each initiative, a row for each question, each group and each year."""
        asked = self.request.GET.getlist("initiativ")
        keys = list(dict.fromkeys(int(key) for key in asked if key.isascii() and key.isdecimal()))
        found = self.compared(self.visible().filter(initiative__in=keys))
        by_key = {row.candidacy.initiative.pk: row for row in found}
        wanted = [by_key[key] for key in keys if key in by_key]
        chosen = wanted[:MOST]
        return super().get_context_data(
            chosen=chosen,
            left_out=[row.case.dnr for row in wanted[MOST:] if row.case],
            enough=len(chosen) >= FEWEST,
            rows=_lines(chosen) if len(chosen) >= FEWEST else [],
            table=self.address("table"),
            fewest=FEWEST,
            most=MOST,
            **kwargs,
        )


def _lines(chosen: list[Compared]) -> list[dict[str, Any]]:
    """The rows of the comparison; a cell without text is a gap."""
    lines: list[dict[str, Any]] = [
        _line(_("Förvaltning"), [administration_of(row) for row in chosen]),
        _line(_("Läge"), [row.stage for row in chosen]),
    ]
    for question in questions_of(row.candidacy.initiative for row in chosen):
        if question.key == "title":
            continue
        if question.kind == QuestionKind.BENEFIT_SCALE:
            lines += _benefit_lines(question, chosen)
        elif question.kind == QuestionKind.COST_PLAN:
            lines += _cost_lines(chosen)
        else:
            lines.append(
                _line(question.label, [row.basis.words.get(question.key, "") for row in chosen])
            )
    lines.append(_line(_("Kopplade ärenden"), [dependencies(row) for row in chosen], needed=False))
    return lines


def _benefit_lines(question: Question, chosen: list[Compared]) -> list[dict[str, Any]]:
    words = levels_of(question)
    lines = []
    for group in BenefitGroup:
        cells = []
        for row in chosen:
            given = row.basis.benefits.get(group.value)
            parts = [f"{given['level']} {words[int(given['level'])]}"] if given else []
            parts += (
                [given[name] for name in ("measure", "evidence") if given[name]] if given else []
            )
            cells.append("\n".join(parts))
        lines.append(_line(_("Nytta: %(group)s") % {"group": str(group.label).lower()}, cells))
    return lines


def _cost_lines(chosen: list[Compared]) -> list[dict[str, Any]]:
    labels = [_("Söks år %(year)s, tkr") % {"year": year} for year in range(1, YEARS + 1)]
    labels.append(_("Söks därefter per år, tkr"))
    return [
        _line(
            label,
            ["" if (tkr := row.asked(year)) is None else spaced(tkr) for row in chosen],
            is_number=True,
        )
        for year, label in enumerate(labels, start=1)
    ]


def _line(
    label: str, cells: list[str], *, is_number: bool = False, needed: bool = True
) -> dict[str, Any]:
    return {
        "label": label,
        "cells": [{"text": text, "gap": needed and not text} for text in cells],
        "is_number": is_number,
    }


def _is_empty(value: Any) -> bool:
    return value is None or value == ""


def _cell(column: Column, row: Compared) -> dict[str, Any]:
    value = column.value(row)
    text = spaced(value) if isinstance(value, int) else str(value or "")
    return {
        "text": text,
        "gap": column.needed and _is_empty(value),
        "is_number": column.is_number,
    }
