# SPDX-License-Identifier: EUPL-1.2
"""What the members said, once it is opened, and what the group agrees on (R33, R41)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.assessment import permissions, selectors, services
from casework.assessment.models import AgreedScore
from casework.assessment.selectors import Cell
from casework.methods.scores import Spread, by_disagreement
from casework.process.models import Candidacy
from casework.register.models import Case
from desk.assessment.presenters import (
    Scale,
    points_text,
)
from desk.assessment.views.base import PER_PAGE, AreaView
from ui.base import done, refuse, tell_refusal
from ui.present import decimal


@dataclass(frozen=True, slots=True)
class SpreadShown:
    """What the members said of one initiative by one criterion.

    Attributes:
        key: of the fields: candidacy and criterion.
        said: each member with points and note.
        agreed: the group's common score, when there is one.
        choices: the options of the common score's field.
    """

    scale: Scale
    key: str
    spread: Spread
    said: list[tuple[str, str, str]]
    agreed: AgreedScore | None
    choices: SafeString

    @property
    def median(self) -> str:
        """The members' median in words."""
        return decimal(self.spread.median)


class OpenedView(AreaView):
    """What the members said, the widest apart first, and what the group agrees on."""

    template_name = "desk/assessment/opened.html"
    heading = _l("Bedömningarna")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there is something to open, and what is opened."""
        return super().get_context_data(
            waiting=len(selectors.to_judge(self.area, self.user)),
            may_open=permissions.may_open(self.user, self.area),
            may_agree=not self.area.is_fixed,
            **(self.places() if self.by_rankings else self.scores()),
            **kwargs,
        )

    def scores(self) -> dict[str, Any]:
        """Each initiative with the criteria's spreads, medians and common scores."""
        opened = selectors.opened_scores(self.area, self.user)
        spreads = selectors.spreads_of(opened.order_by("candidacy", "criterion"))
        apart = by_disagreement(spreads)
        order = list(dict.fromkeys(cell[0] for cell in [*(cell for cell, _s in apart), *spreads]))
        page = Paginator(order, PER_PAGE).get_page(self.request.GET.get("sida"))
        cases = self.named(order)
        said: dict[Cell, list[tuple[str, str, str]]] = {}
        for score in opened.filter(candidacy__in=list(page)):
            said.setdefault((score.candidacy_id, score.criterion_id), []).append(
                (str(score.sheet.member), points_text(score.points), score.note)
            )
        agreed = {
            (row.candidacy_id, row.criterion_id): row
            for row in AgreedScore.objects.filter(
                assessment__area=self.area, candidacy__in=list(page)
            ).select_related("agreed_by")
        }
        scales = [
            Scale(row, abstain=False, none=_("Ledamöternas median"))
            for row in selectors.criteria_of(self.area)
        ]
        criteria = {scale.criterion.pk: scale.criterion for scale in scales}
        cards = []
        for pk in page:
            cells = [
                self.cell(
                    scale,
                    pk,
                    spread,
                    said.get((pk, scale.criterion.pk), []),
                    agreed.get((pk, scale.criterion.pk)),
                )
                for scale in scales
                if (spread := spreads.get((pk, scale.criterion.pk))) is not None
            ]
            cells.sort(key=lambda cell: (-cell.spread.width, -cell.spread.deviation))
            notes = {row.note for (one, _c), row in agreed.items() if one == pk and row.note}
            cards.append({"key": pk, "case": cases.get(pk), "cells": cells, "notes": sorted(notes)})
        return {
            "page": page,
            "cards": cards,
            "apart": [
                (cases.get(cell[0]), criteria[cell[1]], spread, cell[0])
                for cell, spread in apart[:10]
                if cell[1] in criteria
            ],
        }

    def cell(
        self,
        scale: Scale,
        candidacy: int,
        spread: Spread,
        said: list[tuple[str, str, str]],
        agreed: AgreedScore | None,
    ) -> SpreadShown:
        """One criterion of an initiative, with the choice as typed where the page comes again."""
        key = f"{candidacy}-{scale.criterion.pk}"
        kept = str(agreed.points) if agreed else ""
        choices = scale.choices(self.request.POST.get(f"a-{key}", kept))
        return SpreadShown(scale, key, spread, said, agreed, choices)

    def places(self) -> dict[str, Any]:
        """Each initiative with the places that the members gave it, the widest apart first."""
        given: dict[int, list[int]] = {}
        for ranking in selectors.rankings_of(self.area):
            for pk, place in ranking.items():
                given.setdefault(pk, []).append(place)
        cases = self.named(given)
        rows = [(case, sorted(given[pk])) for pk, case in cases.items()]
        rows.sort(key=lambda row: row[1][0] - row[1][-1])
        return {"placed": rows}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open the judgements, or set common scores of one initiative."""
        here = self.address("desk_opened")
        try:
            if "open" in request.POST:
                if "asked" not in request.POST:
                    raise ValidationError(
                        _("Fråga i rummet om alla har lämnat in, och kryssa för det.")
                    )
                services.open_scores(area=self.area, actor=self.user)
                return done(request, _("Bedömningarna är öppna för gruppen."), here)
            candidacy = self.agree(request)
        except (PermissionDenied, ValidationError) as error:
            if "agree" not in request.POST:
                return refuse(request, error, here)
            tell_refusal(request, error)
            typed = request.POST.get("note", "")
            context = self.get_context_data(typed=typed, typed_key=request.POST["agree"])
            return self.render_to_response(context, status=422)
        return done(
            request, _("De gemensamma poängen är sparade."), f"{here}#initiativ-{candidacy.pk}"
        )

    def agree(self, request: HttpRequest) -> Candidacy:
        """Set the common scores that were chosen for one initiative."""
        text = request.POST.get("agree", "")
        seen = Case.objects.visible_to(self.user)
        found = Candidacy.objects.filter(round=self.area.round, initiative__case__in=seen)
        candidacy = get_object_or_404(found, pk=int(text) if text.isdecimal() else 0)
        prefix, points = f"a-{candidacy.pk}-", {}
        for name in request.POST:
            criterion, value = name.removeprefix(prefix), request.POST.get(name, "")
            if name.startswith(prefix) and criterion.isdecimal() and value.isdecimal():
                points[int(criterion)] = int(value)
        kept = dict(candidacy.agreed_scores.values_list("criterion", "points"))
        changed = {key: value for key, value in points.items() if kept.get(key) != value}
        if changed or not request.POST.get("note", "").strip():
            points = changed  # a new reason alone is the reason of all that were chosen
        if not points:
            raise ValidationError(_("Ändra minst en gemensam poäng."))
        services.agree_scores(
            area=self.area,
            candidacy=candidacy,
            points=points,
            note=request.POST.get("note", ""),
            actor=self.user,
        )
        return candidacy
