# SPDX-License-Identifier: EUPL-1.2
"""Utvecklingsrådet's recommendation (R36) and kommunfullmäktige's decision (R37), row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.meetings.selectors import open_meeting_of, sitting_for
from casework.organisation.enums import BodyKind
from casework.organisation.models import Body
from casework.planning.models import Round
from casework.planning.selectors import later_rounds
from casework.prioritisation import money, permissions, services
from casework.prioritisation.enums import ListKind, Verdict
from casework.prioritisation.rows import Point, rows_for, seen_by
from casework.prioritisation.selectors import (
    frame_of,
    handed_over,
    in_stage,
    items_of,
    newest,
    proposal_places,
)
from casework.prioritisation.services import Advice, CouncilVerdict
from casework.process.enums import Opinion, Standing
from casework.process.models import Candidacy, Step
from casework.register.models import Case
from desk.prioritisation.presenters import stop_words
from desk.prioritisation.views.base import RoundView
from ui.base import done
from ui.cards import telling
from ui.decisions import ActFields, messages_of
from ui.forms import parse_tkr
from ui.orders import posted_order

_FIELDS = ("place", "opinion", "reason", "verdict", "amount")
"""The fields of a row, each by its name, a hyphen and the key of the candidacy."""


class Fault(NamedTuple):
    """What is wrong, and the field where it is; none where it is the whole."""

    field: str
    text: str


class Decided(NamedTuple):
    """What was decided of a case: opinion, amount and occasion in words; its place, if any."""

    case: Case
    step: Step
    words: str
    place: int | None = None


class BodyView(RoundView):
    """A page on which a body decides about the rows of a round."""

    kind: str
    stage: str
    transitions: tuple[str, ...]

    @property
    def body(self) -> Body | None:
        """The body that decides here."""
        return Body.objects.in_force().filter(kind=self.kind).first()

    def may_open(self) -> bool:
        """Everybody who reads the proposal; the buttons are the body's."""
        return permissions.may_read_proposal(self.user)

    def candidacies(self) -> list[Candidacy]:
        """What waits for the body, in the order of the proposal."""
        place = proposal_places(self.round)
        found = in_stage(self.round, self.stage)
        return sorted(found, key=lambda c: (place.get(c.pk, money.UNRANKED), c.pk))

    def seen(self) -> list[int]:
        """The keys of what waits, as far as the person may see the cases."""
        return seen_by(self.user, [Point.of(row) for row in self.candidacies()])

    def decided(self) -> list[Decided]:
        """What the body has decided in the round, as far as the person may see the cases."""
        steps = list(
            Step.objects.filter(candidacy__round=self.round, transition__in=self.transitions)
            .select_related("initiative__case", "decision", "body")
            .order_by("pk")
        )
        cases = Case.objects.shown_to(self.user).filter(
            pk__in=[step.initiative.case_id for step in steps]
        )
        shown = {case.pk: case for case in cases}
        return [
            Decided(shown[step.initiative.case_id], step, telling(step))
            for step in steps
            if step.initiative.case_id in shown
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows, with what was typed, and how the body decides."""
        handed = handed_over(self.round)
        proposal = handed[-1] if handed else None
        candidacies = self.candidacies()
        frame = frame_of(self.round, proposal)
        rows, hidden = rows_for(self.user, candidacies, list_=proposal)
        money.mark(self.user, rows, self.round, frame_tkr=frame, before=handed[:-1])
        typed = self.request.POST
        faults: list[Fault] = kwargs.pop("faults", [])
        told = {fault.field: fault.text for fault in faults}
        body = self.body
        return super().get_context_data(
            rows=[
                {
                    "row": row,
                    "place": typed.get(f"place-{row.candidacy.pk}", str(row.place)),
                    "faults": {
                        name: told[field]
                        for name in _FIELDS
                        if (field := f"{name}-{row.candidacy.pk}") in told
                    },
                    "reason": typed.get(f"reason-{row.candidacy.pk}", ""),
                    "opinion": typed.get(f"opinion-{row.candidacy.pk}", ""),
                    "verdict": typed.get(f"verdict-{row.candidacy.pk}", ""),
                    "amount": typed.get(f"amount-{row.candidacy.pk}", ""),
                    "target": typed.get(f"target-{row.candidacy.pk}", ""),
                }
                for row in rows
                if row.candidacy is not None
            ],
            hidden=hidden,
            stopped=stop_words(rows, self.round, frame),
            proposal=proposal,
            body=body,
            meeting=open_meeting_of(body) if body else None,
            sitting=sitting_for(self.user, body) if body else None,
            decided=self.decided(),
            statement=typed.get("statement", ""),
            back_reason=typed.get("back_reason", ""),
            told=told,
            reference=typed.get("reference", ""),
            form=kwargs.pop("form", None) or ActFields(body=body),
            faults=faults,
            **kwargs,
        )

    def refuse_here(self, form: ActFields, error: Exception) -> HttpResponse:
        """Show what is wrong, with everything that was typed."""
        faults = _faults(error)
        for fault in faults:
            if fault.field in form.fields:
                form.add_error(fault.field, fault.text)
        context = self.get_context_data(form=form, faults=faults)
        return self.render_to_response(context, status=422)


def _advised_places(round_: Round) -> dict[int, int]:
    """The council's place of each candidacy, counted through its recommendations."""
    said = items_of(handed_over(round_, ListKind.COUNCIL))
    return {pk: place for place, pk in enumerate(said, start=1)}


class CouncilView(BodyView):
    """The council reads the whole proposal, changes the order, recommends or sends it back."""

    template_name = "desk/prioritisation/council.html"
    kind = BodyKind.DEVELOPMENT_COUNCIL
    stage = Standing.IN_PROPOSAL
    transitions = ("recommend",)

    def get_page_title(self) -> str:
        """The council's recommendation."""
        return _("Utvecklingsrådet, %(round)s") % {"round": self.round}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the person decides here, and what was recommended."""
        advice = newest(self.round, ListKind.COUNCIL)
        return super().get_context_data(
            may_decide=permissions.sits_in_council(self.user),
            opinions=Opinion.choices,
            advice=advice if advice and not advice.is_draft else None,
            **kwargs,
        )

    def decided(self) -> list[Decided]:
        """What was recommended, in the council's own order (R36)."""
        place = _advised_places(self.round)
        found = [
            row._replace(place=place.get(row.step.candidacy_id or 0)) for row in super().decided()
        ]
        return sorted(found, key=lambda row: row.place or money.UNRANKED)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Recommend, or send the proposal back."""
        form = ActFields(request.POST, body=self.body)
        form.is_valid()
        here = reverse("desk_council", args=[self.round.slug])
        try:
            if "refer_back" in request.POST:
                services.refer_back(
                    round=self.round,
                    actor=self.user,
                    reason=request.POST.get("back_reason", ""),
                    act=form.act(),
                )
                return done(request, _("Förslaget är återremitterat."), here)
            waiting = self.candidacies()
            seen = seen_by(self.user, [Point.of(row) for row in waiting])
            numbers = {row.pk: row.initiative.case.dnr for row in waiting if row.initiative.case}
            services.recommend(
                round=self.round,
                actor=self.user,
                advice={
                    pk: Advice(
                        request.POST.get(f"opinion-{pk}", ""),
                        request.POST.get(f"reason-{pk}", ""),
                    )
                    for pk in seen
                },
                order=_by_place(request, posted_order(request, seen), numbers),
                statement=request.POST.get("statement", ""),
                act=form.act(),
            )
        except (ValidationError, PermissionDenied) as error:
            return self.refuse_here(form, error)
        return done(
            request,
            _("Rekommendationen för %(round)s är fastställd.") % {"round": self.round},
            here,
        )


class CityCouncilView(BodyView):
    """Kommunfullmäktige's secretary notes what was decided, many rows in one act (R7)."""

    template_name = "desk/prioritisation/city_council.html"
    kind = BodyKind.CITY_COUNCIL
    stage = Standing.RECOMMENDED
    transitions = tuple(Verdict.values)

    def get_page_title(self) -> str:
        """The city council's decision."""
        return _("Kommunfullmäktiges beslut, %(round)s") % {"round": self.round}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the person decides here, what the council said, and where to defer."""
        advice = newest(self.round, ListKind.COUNCIL)
        said = items_of(handed_over(self.round, ListKind.COUNCIL))
        context = super().get_context_data(
            may_decide=permissions.writes_for_city_council(self.user),
            verdicts=Verdict.choices,
            targets=later_rounds(self.round),
            advice=advice,
            **kwargs,
        )
        place = _advised_places(self.round)
        for row in context["rows"]:
            row["advice"] = said.get(row["row"].candidacy.pk)
            row["advised"] = place.get(row["row"].candidacy.pk)
        context["rows"].sort(key=lambda row: row["advised"] or money.UNRANKED)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note the verdicts that were chosen; rows without one wait."""
        form = ActFields(request.POST, body=self.body)
        form.is_valid()
        targets = {str(row.pk): row for row in later_rounds(self.round)}
        try:
            verdicts = self.verdicts_of(request, targets)
            steps = services.decide(
                round=self.round,
                actor=self.user,
                verdicts=verdicts,
                reference=request.POST.get("reference", ""),
                act=form.act(),
            )
        except (ValidationError, PermissionDenied) as error:
            return self.refuse_here(form, error)
        return done(
            request,
            ngettext(
                "%(count)s beslut är antecknat.", "%(count)s beslut är antecknade.", len(steps)
            )
            % {"count": len(steps)},
            reverse("desk_city_council", args=[self.round.slug]),
        )

    def verdicts_of(self, request: HttpRequest, targets: dict[str, Round]) -> list[CouncilVerdict]:
        """The rows that were chosen.

        Raises:
            ValidationError: amounts cannot be read; each is told at its field.
        """
        found, faults = [], {}
        for pk in self.seen():
            if request.POST.get(f"verdict-{pk}"):
                try:
                    found.append(self.verdict_of(request, pk, targets))
                except ValidationError as error:
                    faults[f"amount-{pk}"] = error.messages
        if faults:
            raise ValidationError(faults)
        return found

    def verdict_of(
        self, request: HttpRequest, pk: int, targets: dict[str, Round]
    ) -> CouncilVerdict:
        """One row of the page."""
        return CouncilVerdict(
            candidacy=pk,
            verdict=request.POST.get(f"verdict-{pk}", ""),
            amount_tkr=parse_tkr(request.POST.get(f"amount-{pk}", "")),
            reason=request.POST.get(f"reason-{pk}", ""),
            target=targets.get(request.POST.get(f"target-{pk}", "")),
        )


def _faults(error: Exception) -> list[Fault]:
    """The sentences of what was refused, each with its field."""
    if not isinstance(error, ValidationError) or not hasattr(error, "error_dict"):
        return [Fault("", text) for text in messages_of(error)]
    return [
        Fault("" if field == NON_FIELD_ERRORS else field, text)
        for field, texts in error.message_dict.items()
        for text in texts
    ]


def _by_place(request: HttpRequest, order: list[int], numbers: Mapping[int, str]) -> list[int]:
    """The order by the places that were typed.

    Args:
        order: what the page showed, from the top.
        numbers: the diary number of each.

    Raises:
        ValidationError: a place is no number of the list, or two have the same.
    """
    faults: dict[str, str] = {}
    places: dict[int, int] = {}
    for index, pk in enumerate(order, start=1):
        text = request.POST.get(f"place-{pk}", str(index)).strip()
        place = int(text) if text.isascii() and text.isdecimal() else 0
        if not 0 < place <= len(order):
            faults[f"place-{pk}"] = _(
                "Skriv platsen för %(dnr)s som ett tal från 1 till %(last)s."
            ) % {"dnr": numbers.get(pk, ""), "last": len(order)}
        elif place in places:
            faults[f"place-{pk}"] = _("%(dnr)s har samma plats som %(other)s.") % {
                "dnr": numbers.get(pk, ""), "other": numbers.get(places[place], ""),
            }  # fmt: skip
        else:
            places[place] = pk
    if faults:
        raise ValidationError(faults)
    return [places[place] for place in sorted(places)]
