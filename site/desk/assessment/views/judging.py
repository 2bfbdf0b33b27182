# SPDX-License-Identifier: EUPL-1.2
"""A member's own judgement under seal: scores, or an own order (R33, R41)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from casework.assessment import permissions, selectors, services
from casework.assessment.selectors import Cell, OwnSheet
from casework.assessment.services import Given
from casework.process.models import Candidacy
from desk.assessment.presenters import (
    ABSTAIN,
    Scale,
)
from desk.assessment.views.base import PER_PAGE, AreaView
from ui.base import done, refuse, tell_refusal
from ui.orders import moved, posted_order


class JudgeView(AreaView):
    """A member's own judgement: points and notes, or places; kept as one goes, then handed in."""

    heading = _l("Min bedömning")

    def may_open(self) -> bool:
        """Those who judge: not the group's secretary, and nobody outside it."""
        return permissions.may_judge(self.user, self.area)

    def get_template_names(self) -> list[str]:
        """A page to score or one to order, as the area's setting says."""
        return [f"desk/assessment/{'order' if self.by_rankings else 'score'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What waits, with what the person has said of it."""
        own = selectors.own_sheet(self.area, self.user)
        waiting = selectors.to_judge(self.area, self.user)
        more = (
            self.ordered(waiting, own) if self.by_rankings else self.scored(waiting, own)
        )  # fmt: skip
        return super().get_context_data(
            waiting=len(waiting), is_submitted=own.is_submitted, **more, **kwargs
        )

    def scored(self, waiting: Sequence[Candidacy], own: OwnSheet) -> dict[str, Any]:
        """The fields of one page of initiatives, and how many judgements are missing in all."""
        scales = [Scale(row) for row in selectors.criteria_of(self.area)]
        page = Paginator(waiting, PER_PAGE).get_page(self.request.GET.get("sida"))
        cases = self.named([candidacy.pk for candidacy in page])
        cards = []
        for candidacy in page:
            cells = []
            for scale in scales:
                key = f"{candidacy.pk}-{scale.criterion.pk}"
                value, note = self.said(own, (candidacy.pk, scale.criterion.pk))
                cells.append((scale, key, scale.choices(value), note, bool(value)))
            cards.append(
                {
                    "key": candidacy.pk,
                    "case": cases.get(candidacy.pk),
                    "cells": cells,
                    "left": sum(not cell[-1] for cell in cells),
                }
            )
        wanted = {(row.pk, scale.criterion.pk) for row in waiting for scale in scales}
        return {
            "scales": scales,
            "page": page,
            "cards": cards,
            "left": len(wanted - set(own.scores)),
            "all": len(wanted),
        }

    def said(self, own: OwnSheet, cell: Cell) -> tuple[str, str]:
        """A field's value and note: as typed where the page is shown again, else as kept."""
        key = f"{cell[0]}-{cell[1]}"
        if f"p-{key}" in self.request.POST:
            return self.request.POST[f"p-{key}"], self.request.POST.get(f"n-{key}", "")
        if cell not in own.scores:
            return "", ""
        points, note = own.scores[cell]
        return (ABSTAIN if points is None else str(points)), note

    def ordered(self, waiting: Sequence[Candidacy], own: OwnSheet) -> dict[str, Any]:
        """The initiatives in the person's own order, those not placed yet last."""
        last = len(waiting) + 1
        keys = [row.pk for row in waiting]
        order = sorted(keys, key=lambda pk: own.places.get(pk, last))
        cases = self.named(order)
        rows = []
        for index, pk in enumerate(order):
            before = own.places.get(order[index - 1]) if index else None
            place = own.places.get(pk)
            rows.append((pk, cases.get(pk), place, place is not None and place == before))
        return {"rows": rows, "left": len(set(keys) - set(own.places)), "all": len(keys)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what is typed, and hand it in when that button was pressed."""
        here = self.address("desk_judge")
        if page := request.GET.get("sida"):
            here = f"{here}?sida={int(page) if page.isdecimal() else 1}"
        quiet = "autosave" in request.POST
        try:
            if self.by_rankings:
                self.keep_places(request)
            else:
                self.keep_scores(request, quiet=quiet)
            if quiet:
                return HttpResponse(self.told_quietly(), content_type="text/plain; charset=utf-8")
            if "submit" in request.POST:
                services.submit_sheet(area=self.area, actor=self.user)
                return done(
                    request,
                    _("Din bedömning är inlämnad. Du kan ändra den tills ordföranden öppnar."),
                    here,
                )
        except PermissionDenied as error:
            return refuse(request, error, here)
        except ValidationError as error:
            if quiet:
                return HttpResponse(status=422)
            tell_refusal(request, error)
            return self.render_to_response(self.get_context_data(), status=422)
        return done(request, _("Utkastet är sparat. Bara du ser det."), moved(request, here))

    def keep_scores(self, request: HttpRequest, *, quiet: bool) -> None:
        """Keep the fields that differ from what is kept.

        Raises:
            ValidationError: a note stands without a score; while one goes it waits for it.
        """
        own = selectors.own_sheet(self.area, self.user)
        given, bare = [], 0
        for name in request.POST:
            value = request.POST.get(name, "")
            kind, _dash, key = name.partition("-")
            one, _dash, criterion = key.partition("-")
            if kind != "p" or not (one.isdecimal() and criterion.isdecimal()):
                continue
            note = request.POST.get(f"n-{key}", "").strip()
            if not value:
                bare += bool(note)
                continue
            if value != ABSTAIN and not value.isdecimal():
                raise ValidationError(_("Poängen går från 0 till 5."))
            points = None if value == ABSTAIN else int(value)
            cell = (int(one), int(criterion))
            if own.scores.get(cell) != (points, note):
                given.append(Given(*cell, points, note))
        if given:
            services.save_scores(area=self.area, actor=self.user, scores=given)
        if bare and not quiet:
            raise ValidationError(
                ngettext(
                    "En anteckning saknar poäng. Välj poäng eller avstå, så sparas den.",
                    "%(count)s anteckningar saknar poäng. Välj poäng eller avstå, så sparas de.",
                    bare,
                )
                % {"count": bare}
            )

    def keep_places(self, request: HttpRequest) -> None:
        """Keep the person's own order; a ticked row shares the place of the one above."""
        waiting = [row.pk for row in selectors.to_judge(self.area, self.user)]
        order = posted_order(request, waiting)
        places: dict[int, int] = {}
        for index, pk in enumerate(order):
            shares = index and f"same-{pk}" in request.POST
            places[pk] = places[order[index - 1]] if shares else index + 1
        services.save_places(area=self.area, actor=self.user, places=places)

    def told_quietly(self) -> str:
        """What the page says when it has kept something by itself."""
        own = selectors.own_sheet(self.area, self.user)
        waiting = selectors.to_judge(self.area, self.user)
        left = len(waiting) * len(selectors.criteria_of(self.area)) - len(own.scores)
        time = timezone.localtime().strftime("%H.%M")
        return _("Sparat kl. %(time)s. %(left)s bedömningar återstår.") % {
            "time": time,
            "left": max(left, 0),
        }
