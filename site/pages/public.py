# SPDX-License-Identifier: EUPL-1.2
"""What the city's pages show, read from the public diary's own table and nowhere else.

A case that is secret or unpublished has no row there, so no page, count or hint can hold it.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from casework.organisation.models import Body, ServiceArea
from casework.process.catalogue import TRANSITIONS
from casework.process.enums import FINAL_STAGES, Occasion, Stage
from casework.process.graph import edges
from casework.process.line import MILESTONES, LineStage
from casework.process.models import Cycle
from casework.register.enums import NEGATIVE_OUTCOMES, CaseType, DayPrecision
from casework.register.models import EarlierDecision, PublicCase, PublicEvent
from pages.patterns import CaseHead, Decision, Event, Shape, Tag

_DECISIVE = frozenset(
    {
        "exclude_scope", "admit", "request_completion", "reject", "rank", "give_committee_opinion",
        "recommend", "approve", "decline",
    }
)  # fmt: skip
#: The public line begins where the public diary does.
_FIRST_MILESTONE = 2
_PREPARATION = 3
_COMMITTEE = 6
_COMMITTEE_STAGES = frozenset({Stage.WITH_COMMITTEE, Stage.COMMITTEE_DONE})


def cases() -> QuerySet[PublicCase]:
    """All published cases."""
    return PublicCase.objects.select_related("service_area")


def latest_decisions(count: int) -> list[dict[str, Any]]:
    """The newest decisions."""
    return [
        {
            "title": case.title,
            "url": case_url(case),
            "date": case.decided_on,
            "tag": outcome_tag(case),
            "meta": case.dnr,
        }
        for case in cases().exclude(decided_on=None).order_by("-decided_on")[:count]
    ]


def areas_with_counts() -> list[dict[str, Any]]:
    """The areas in force, each with its page and how much it holds."""
    areas = ServiceArea.objects.in_force().annotate(
        total=Count("public_cases"),
        decided=Count("public_cases", filter=Q(public_cases__decided_on__isnull=False)),
    )
    return [
        {
            "name": area.name,
            "description": area.description,
            "url": f"/{area.slug}/",
            "total": area.total,
            "decided": area.decided,
        }
        for area in areas
    ]


def city_numbers() -> dict[str, int]:
    """How much there is to search."""
    return {"cases": PublicCase.objects.count(), "earlier": EarlierDecision.objects.count()}


def area_overview(area: ServiceArea, page_number: str | None) -> dict[str, Any]:
    """What the area has decided, newest first, and what is under way there."""
    own = cases().filter(service_area=area)
    decided = own.exclude(decided_on=None).order_by("-decided_on")
    under_way = own.filter(decided_on=None).order_by("-received_date")
    return {
        "area": area,
        "decided": Paginator(decided, 20).get_page(page_number),
        "decided_rows": [],
        "under_way": list(under_way[:30]),
        "under_way_count": under_way.count(),
        "groups": Body.objects.in_force().filter(service_area=area),
    }


def bodies_in_force() -> list[Body]:
    """Who prepares and who decides, for the page about the model."""
    return list(Body.objects.in_force().select_related("service_area").order_by("pk"))


def current_cycle() -> Cycle | None:
    """The yearly round that is running."""
    return Cycle.objects.order_by("-budget_year").first()


def ways() -> list[dict[str, Any]]:
    """The transitions in words, as the text beside the process picture."""
    found: dict[str, dict[str, Any]] = {}
    for name, source, target in edges():
        row = found.setdefault(
            name,
            {"label": TRANSITIONS[name].label, "sources": [], "target": Stage(target).label},
        )
        row["sources"].append(str(Stage(source).label))
    return list(found.values())


def case_url(case: PublicCase) -> str:
    """The public address of a case."""
    return f"/arende/{case.slug}/"


def outcome_tag(case: PublicCase) -> Tag:
    """The outcome as a word and a shape; a case without one is under way."""
    if not case.outcome:
        return Tag(_("Pågår"), "wait")
    return Tag(str(case.get_outcome_display()), outcome_shape(case.outcome))


def outcome_shape(outcome: str) -> Shape:
    """Which shape goes with an outcome's code."""
    return "stop" if outcome in NEGATIVE_OUTCOMES else "done"


def head_of(case: PublicCase) -> CaseHead:
    """The case head with its public face."""
    facts = [
        (_("Inkommet"), case.received_date.isoformat()),
        (_("Myndighet"), case.authority),
    ]
    if case.party:
        facts.append((_("Från"), case.party))
    if case.decided_on:
        facts.append((_("Beslutat"), case.decided_on.isoformat()))
    others = [number for number in case.numbers if number != case.dnr]
    if others:
        facts.append((_("Har också nummer"), ", ".join(others)))
    return CaseHead(
        title=case.title,
        dnr=case.dnr,
        tag=outcome_tag(case),
        area=case.service_area.name if case.service_area else "",
        kind=str(case.get_case_type_display()),
        facts=facts,
    )


def decisions_of(case: PublicCase) -> list[Decision]:
    """The decisions as cards, newest first; of a case without steps its outcome alone."""
    if case.case_type != CaseType.INITIATIVE:
        if not case.outcome:
            return []
        return [
            Decision(
                outcome=str(case.get_outcome_display()), on=case.decided_on, decider=case.authority
            )
        ]
    found = [
        Decision(
            outcome=sentence(_told(event)),
            on=event.day,
            decider=event.body_name,
            mandate=_occasion(event),
            reason=event.reason,
            reference=event.reference,
            is_negative=TRANSITIONS[event.key].is_negative,
        )
        for event in public_events(case)
        if event.key in _DECISIVE
    ]
    return found[::-1]


def public_events(case: PublicCase) -> list[PublicEvent]:
    """What the public may know of what happened, oldest first; read once for each page."""
    found: list[PublicEvent] | None = getattr(case, "_told_events", None)
    if found is None:
        found = list(PublicEvent.objects.filter(case=case.pk))
        case._told_events = found
    return found


def _told(event: PublicEvent) -> str:
    """The words of an event: quoted from an older source, or the transition's."""
    return event.words or str(TRANSITIONS[event.key].told)


def _occasion(event: PublicEvent) -> str:
    return str(Occasion(event.occasion).label) if event.occasion else ""


def events_of(case: PublicCase) -> list[Event]:
    """Everything public that has happened, newest first."""
    return [
        Event(
            on=event.day,
            what=sentence(_told(event)),
            who=event.body_name,
            when=_roughly(event),
        )
        for event in reversed(public_events(case))
    ]


def line_of(case: PublicCase) -> list[LineStage]:
    """The line as the public may know it: from registration on, by the bodies that decided."""
    events = public_events(case)
    if case.case_type != CaseType.INITIATIVE or not events:
        return []
    passed = [(event, _milestone(event.stage)) for event in events]
    last = events[-1].stage
    over = last in FINAL_STAGES
    here = (
        len(MILESTONES)
        if last == Stage.IMPLEMENTED
        else max(_FIRST_MILESTONE, _here(last, [index for _event, index in passed]))
    )
    by_committee = any(event.stage in _COMMITTEE_STAGES for event in events)
    line = []
    for index, (label, _stages) in enumerate(MILESTONES):
        if index < _FIRST_MILESTONE or (index == _COMMITTEE and not by_committee):
            continue
        stage = LineStage(_(label), _state(index, here, over and last != Stage.IMPLEMENTED))
        if stage.state in {"done", "stopped"}:
            leaving = _leaving(passed, index)
            stage.date, stage.decider = leaving.day, leaving.body_name
        stage.loops = [
            event.reason
            for event, _index in passed
            if index == 4 and event.stage == Stage.COMPLETION
        ]
        line.append(stage)
    return line


def _here(last: str, indexes: list[int]) -> int:
    if last in FINAL_STAGES:
        return max([index for index in indexes if index < len(MILESTONES)], default=0)
    return _milestone(last)


def _milestone(stage: str) -> int:
    return next((i for i, (_label, stages) in enumerate(MILESTONES) if stage in stages), -1)


def _leaving(passed: list[tuple[PublicEvent, int]], index: int) -> PublicEvent:
    """The event that took the case past a milestone: the first that stands further on.

    Preparation ends without a public event, so its last one stands for it; the group, which
    comes next, had no part in it.
    """
    if index == _PREPARATION:
        own = [event for event, found in passed if found == index and not event.body_name]
        return own[-1] if own else passed[-1][0]
    return next((event for event, found in passed if found > index), passed[-1][0])


def _state(index: int, here: int, over: bool) -> str:
    if index < here:
        return "done"
    if index == here:
        return "stopped" if over else "now"
    return "skipped" if over else "ahead"


def sentence(told: str) -> str:
    """The catalogue's words as a sentence of their own."""
    if not told:
        return ""
    return told if told[0].isupper() else _("Initiativet %(told)s.") % {"told": told.rstrip(".")}


def _roughly(event: PublicEvent) -> str:
    """Say "december 2005" or "2006" where the day is not known; else nothing."""
    match event.day_precision:
        case DayPrecision.YEAR:
            return str(event.day.year)
        case DayPrecision.MONTH:
            return format_date(event.day, "F Y")
    return ""
