# SPDX-License-Identifier: EUPL-1.2
"""Reading the calendar: which round a day belongs to, and which comes after another."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.organisation.enums import BodyKind
from casework.organisation.models import Body, ServiceArea
from casework.planning.enums import FrameKind, RoundState
from casework.planning.models import Round, RoundArea


def round_for(day: dt.date) -> Round | None:
    """The open round that takes in what came in on the day; none means: wait for the next."""
    return Round.objects.open_for(day).select_related("cycle").first()


def rounds_in_motion() -> list[Round]:
    """The open rounds, the nearest decision first."""
    return list(Round.objects.open().select_related("cycle").order_by("decision_on"))


def next_rounds() -> list[Round]:
    """The rounds that will still decide: open or planned, the nearest decision first."""
    return list(
        Round.objects.exclude(state=RoundState.CLOSED)
        .filter(decision_on__gte=timezone.localdate())
        .select_related("cycle")
        .order_by("decision_on")
    )


def later_rounds(round_: Round) -> list[Round]:
    """The rounds to which something in this one can be deferred."""
    return list(
        Round.objects.exclude(pk=round_.pk)
        .exclude(state=RoundState.CLOSED)
        .filter(decision_on__gt=round_.decision_on)
        .select_related("cycle")
        .order_by("decision_on")
    )


def area_of(round_: Round, service_area: ServiceArea | None) -> RoundArea | None:
    """The area's part in the round, if it has one."""
    if service_area is None:
        return None
    return (
        RoundArea.objects.filter(round=round_, service_area=service_area)
        .select_related("group", "round__cycle", "service_area")
        .first()
    )


def bodies_at_work() -> QuerySet[Body]:
    """The bodies that take part in a round that is open, for which the office is their office.

    A group by its area; the committee and the council have a part in every round.
    """
    groups = Q(round_areas__round__state=RoundState.OPEN)
    if Round.objects.open().exists():
        groups |= Q(kind__in=(BodyKind.COMMITTEE, BodyKind.DEVELOPMENT_COUNCIL))
    return Body.objects.filter(groups).distinct()


def rooms_of(body: Body) -> list[RoundArea]:
    """The areas that a group handles in the rounds that are open, the nearest decision first."""
    return list(
        RoundArea.objects.filter(group=body, round__state=RoundState.OPEN)
        .select_related("round__cycle", "service_area")
        .order_by("round__decision_on", "service_area__position", "pk")
    )


def city_frame(round_: Round) -> int | None:
    """The round's frame for the whole city in thousands of kronor; None when none is set."""
    frames = round_.frames.all()
    return next(
        (
            frame.tkr
            for frame in frames
            if frame.service_area_id is None and frame.kind == FrameKind.TOTAL and frame.year == 1
        ),
        None,
    )


def label_of(field: str) -> str:
    """What one of a round's dates is called."""
    return str(getattr(Round._meta.get_field(field), "verbose_name", field))


def counted_back(*, decision_on: dt.date, board_on: dt.date | None = None) -> dict[str, dt.date]:
    """A round's dates counted back from the day of kommunfullmäktige and of kommunstyrelsen (R53).

    A proposal to look at: nothing is saved. Weekends are passed backwards.
    """
    day = board_on or decision_on - dt.timedelta(weeks=2)
    dates = {"decision_on": decision_on, "board_on": day}
    for field, weeks in WEEKS_BEFORE:
        day = _workday(day - dt.timedelta(weeks=weeks))
        dates[field] = day
    return dates


WEEKS_BEFORE = (
    ("council_on", 8), ("proposal_until", 2), ("committee_until", 2), ("groups_until", 2),
    ("assessed_until", 4), ("prepared_until", 3), ("ideas_until", 8), ("opens_on", 26),
)  # fmt: skip
"""How many weeks each station lies before the next, from kommunstyrelsen backwards.

From the council to the board lies the drafting of the budget; a group needs two meetings between
its first assessment and its list; a remiss takes most of the time of the preparation.
"""


def _workday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=max(day.weekday() - 4, 0))
