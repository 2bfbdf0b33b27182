# SPDX-License-Identifier: EUPL-1.2
"""Judging alone under seal, reading it together once it is opened, and how sure it is (R33, R41).

Before the chair opens nobody reads of another's judgement: not what, not how many, not who or
when. The pages therefore ask nothing but the person's own sheet and what was opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from casework.assessment import permissions, selectors, services
from casework.assessment.models import AgreedScore
from casework.assessment.selectors import Cell, OwnSheet
from casework.assessment.services import Given
from casework.methods.scores import by_disagreement
from casework.planning.enums import SuggestionBy
from casework.planning.models import RoundArea
from casework.prioritisation.suggestions import group_order
from casework.process.models import Candidacy
from casework.register.models import Case
from desk.assessment.presenters import (
    ABSTAIN,
    Scale,
    band_text,
    picture_of,
    points_text,
    sure_rows,
)
from ui.base import DeskView, done, refuse, tell_refusal
from ui.lookups import round_or_404
from ui.orders import moved, posted_order
from ui.present import decimal

PER_PAGE = 25


class AreaView(DeskView):
    """A page of one area's group in one round."""

    header_icon = "tasks"
    crumbs = ((_l("Omgångar"), "desk_rounds"),)
    heading = ""
    area: RoundArea

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the area's part in the round; refuse those who do not sit in its group."""
        found = (
            RoundArea.objects.filter(
                round=round_or_404(kwargs["round"]), service_area__slug=kwargs["area"]
            )
            .select_related("group", "round__cycle", "service_area")
            .first()
        )
        if found is None:
            raise Http404
        self.area = found
        if not self.may_open():
            raise PermissionDenied(_("Sidan är öppen för områdets grupp."))
        return super().dispatch(request, *args, **kwargs)

    def may_open(self) -> bool:
        """The area's group."""
        return permissions.may_read_opened(self.user, self.area)

    def get_page_title(self) -> str:
        """The page and whose it is."""
        return f"{self.heading}: {self.area.service_area}, {self.area.round}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The area, and the group's other pages."""
        for name in ("area", "round"):
            kwargs.pop(name, None)
        return super().get_context_data(
            area=self.area.service_area,
            round=self.area.round,
            round_area=self.area,
            by_rankings=self.by_rankings,
            may_judge=permissions.may_judge(self.user, self.area),
            **kwargs,
        )

    @property
    def by_rankings(self) -> bool:
        """Whether the members order instead of scoring."""
        return self.area.suggestion_by == SuggestionBy.RANKINGS

    def address(self, name: str) -> str:
        """One of the group's pages."""
        return reverse(name, args=[self.area.round.slug, self.area.service_area.slug])

    def named(self, candidacies: Iterable[int]) -> dict[int, Case]:
        """The cases of some candidacies that the person may see, with the titles they get."""
        rows = Candidacy.objects.filter(pk__in=candidacies).order_by("admitted_at", "pk")
        case_of = dict(rows.values_list("initiative__case", "pk"))
        found = Case.objects.shown_to(self.user).filter(pk__in=case_of).select_related("initiative")
        by_pk = {case_of[case.pk]: case for case in found}
        return {pk: by_pk[pk] for pk in case_of.values() if pk in by_pk}


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
        for name, value in request.POST.items():
            kind, _dash, key = name.partition("-")
            one, _dash, criterion = key.partition("-")
            if kind != "p" or not (one.isdecimal() and criterion.isdecimal()):
                continue
            note = request.POST.get(f"n-{key}", "").strip()
            if not value:
                bare += bool(note)
                continue
            points = int(value) if value.isdecimal() else None
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
        for row in opened.filter(candidacy__in=list(page)):
            member = str(row.sheet.member)
            said.setdefault((row.candidacy_id, row.criterion_id), []).append(
                (member, points_text(row.points), row.note)
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
                {
                    "scale": scale,
                    "key": f"{pk}-{scale.criterion.pk}",
                    "spread": spread,
                    "median": decimal(spread.median),
                    "said": said.get((pk, scale.criterion.pk), []),
                    "agreed": (row := agreed.get((pk, scale.criterion.pk))),
                    "choices": scale.choices(str(row.points) if row else ""),
                }
                for scale in scales
                if (spread := spreads.get((pk, scale.criterion.pk))) is not None
            ]
            cells.sort(key=lambda cell: (-cell["spread"].width, -cell["spread"].deviation))
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
        points = {
            int(criterion): int(value)
            for name, value in request.POST.items()
            if value.isdecimal()
            and name.startswith(f"a-{candidacy.pk}-")
            and (criterion := name.rpartition("-")[2]).isdecimal()
        }
        if not points:
            raise ValidationError(_("Välj minst en gemensam poäng."))
        services.agree_scores(
            area=self.area,
            candidacy=candidacy,
            points=points,
            note=request.POST.get("note", ""),
            actor=self.user,
        )
        return candidacy


class SurenessView(AreaView):
    """How much the order by scores hangs on the exact weights and on single members."""

    template_name = "desk/assessment/sureness.html"
    heading = _l("Hur säker ordningen är")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The bands of places as a picture and a table, and what holds of every two."""
        sure = None if self.by_rankings else selectors.sureness(self.area, self.user)
        if sure is None:
            return super().get_context_data(rows=[], **kwargs)
        places = group_order(self.area, sure.candidacies).places
        size = len(sure.candidacies)
        order = sorted(range(size), key=lambda index: places.get(sure.candidacies[index], size))
        page = Paginator(order, PER_PAGE).get_page(self.request.GET.get("sida"))
        cases = self.named(sure.candidacies)
        names = {
            index: cases[pk].dnr.replace(" ", "\u00a0")
            for index, pk in enumerate(sure.candidacies)
            if pk in cases
        }
        rows = sure_rows(sure, places, list(page))
        settled, mostly, depends = sure.weights.counts()
        return super().get_context_data(
            page=page,
            rows=[
                {
                    "case": cases.get(sure.candidacies[row.index]),
                    "place": row.place,
                    "weights": band_text(row.weights),
                    "members": band_text(row.members),
                    "counts": row.counts,
                    "depends": [names[other] for other in row.depends if other in names],
                }
                for row in rows
            ],
            picture=picture_of(rows, names, size),
            pairs={"surely": settled, "mostly": mostly, "depends": depends},
            all_pairs=settled + mostly + depends,
            **kwargs,
        )
