# SPDX-License-Identifier: EUPL-1.2
"""Reading meetings: whose they are, what is on the agenda, who may decide there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from casework.meetings.enums import MeetingState
from casework.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    DecisionPoint,
    Disqualification,
    Dissent,
    Meeting,
    MinutesFile,
    Visit,
)
from casework.meetings.permissions import may_call
from casework.organisation.enums import SEATS, Role
from casework.organisation.models import Appointment, Body, User
from casework.organisation.selectors import appointments_of, seats_of
from casework.register.enums import Direction
from casework.register.models import Case, Record

STILL_THERE = dt.timedelta(seconds=30)
"""Whoever was heard of within this time has the page open."""


def meetings_of(user: User) -> QuerySet[Meeting]:
    """The meetings of the bodies in which the person has a seat, writes or gives support."""
    bodies = {
        row.body_id
        for row in appointments_of(user)
        if row.body_id and (row.role in SEATS or row.role == Role.SECRETARY)
    }
    return (
        Meeting.objects.filter(Q(body__in=bodies) | Q(attendances__user=user))
        .select_related("body")
        .distinct()
    )


def meetings_shown_to(user: User) -> QuerySet[Meeting]:
    """The person's meetings, and those of the bodies for which they plan meetings."""
    called = [body.pk for body in Body.objects.in_force() if may_call(user, body)]
    mine = meetings_of(user).values("pk")
    return Meeting.objects.filter(Q(pk__in=mine) | Q(body__in=called)).select_related("body")


def coming_meetings(body: Body, on: dt.date | None = None) -> QuerySet[Meeting]:
    """The body's meetings that are not closed, the nearest first."""
    day = on or timezone.localdate()
    return body.meetings.filter(
        Q(state=MeetingState.OPEN) | Q(state=MeetingState.PLANNED, day__gte=day)
    ).order_by("day", "pk")


def sitting_for(user: User, body: Body) -> Meeting | None:
    """The meeting that goes on in a body, else the next, where the person may open its page."""
    shown = meetings_shown_to(user).values("pk")
    rows = coming_meetings(body).filter(pk__in=shown).select_related("body")
    return rows.filter(state=MeetingState.OPEN).first() or rows.first()


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """The body's meeting before this one."""
    return meeting.body.meetings.filter(day__lt=meeting.day).order_by("-day", "-pk").first()


def incoming_for(
    user: User, body: Body, first: dt.date, last: dt.date, meeting: Meeting | None = None
) -> QuerySet[Record]:
    """What came in on these days to the cases on a meeting's agenda or of the body's area.

    Args:
        user: who reads; only records that the person is shown.
        meeting: whose agenda counts, if any.
    """
    concerned = Q(case__in=meeting.agenda.exclude(case=None).values("case")) if meeting else Q()
    if body.service_area_id:
        concerned |= Q(case__service_area=body.service_area_id)
    elif meeting is None:
        concerned = Q(case__authority=body.authority_id)
    return (
        Record.objects.shown_to(user)
        .filter(concerned, direction=Direction.INCOMING, voided_at=None)
        .filter(received_date__gte=first, received_date__lte=last)
        .select_related("case")
        .order_by("received_date", "pk")
    )


def open_meeting_of(body: Body) -> Meeting | None:
    """The body's meeting that goes on now; there is at most one."""
    return body.meetings.filter(state=MeetingState.OPEN).select_related("body").first()


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The meeting's points in order, with their cases."""
    return meeting.agenda.select_related("case").order_by("position")


def noted_in(meeting: Meeting) -> list[AgendaItem]:
    """The points in which an outcome is noted and nothing decided yet, in the agenda's order."""
    return list(agenda_of(meeting).exclude(outcome="").select_related("case", "noted_by"))


def people_called(meeting: Meeting) -> list[User]:
    """Who is called to the meeting: those with a seat on its day, and the secretary."""
    holders = (
        Appointment.objects.in_force(meeting.day)
        .filter(body=meeting.body, role__in=[*SEATS, Role.SECRETARY])
        .values("user")
    )
    return list(User.objects.filter(pk__in=holders, is_active=True).order_by("pk"))


def others_at(meeting: Meeting, user: User) -> list[Visit]:
    """Who else has the meeting's page open now; ``shows_case`` says whether this one sees where."""
    seen = Case.objects.visible_to(user).filter(pk=OuterRef("case"))
    return list(
        meeting.visits.filter(seen_at__gt=timezone.now() - STILL_THERE)
        .exclude(user=user)
        .annotate(shows_case=Exists(seen))
        .select_related("user", "case")
        .order_by("user__first_name", "user__last_name", "pk")
    )


def announced(on: dt.date | None = None) -> QuerySet[Meeting]:
    """Meetings whose minutes are on the notice board on the day (KL 8:12)."""
    day = on or timezone.localdate()
    return (
        Meeting.objects.filter(notice_on__lte=day, notice_until__gte=day)
        .select_related("body")
        .order_by("-notice_on", "-pk")
    )


def tabled_by(body: Body) -> list[int]:
    """The keys of the cases that the body's last closed meeting left to the next (bordläggning)."""
    last = body.meetings.filter(state=MeetingState.CLOSED).order_by("-day", "-pk").first()
    if last is None:
        return []
    rows = last.decisions.filter(is_tabling=True).order_by("paragraph_number", "pk")
    return list(rows.values_list("case", flat=True))


def attendance_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Who was noted for the meeting, with their accounts."""
    return meeting.attendances.select_related("user").order_by("pk")


def disqualified_in(meeting: Meeting, cases: list[Case]) -> set[tuple[int, int]]:
    """Those disqualified in any of the cases at the meeting, as (case, user) primary keys."""
    rows = Disqualification.objects.filter(meeting=meeting, case__in=cases)
    return set(rows.values_list("case_id", "user_id"))


def disqualified_for(decision: Decision) -> list[Disqualification]:
    """Who left the room for a decision; nobody for one that was not made in a meeting."""
    return list(
        Disqualification.objects.filter(meeting=decision.meeting_id, case=decision.case_id)
        .select_related("user")
        .order_by("pk")
        if decision.meeting_id
        else []
    )


def present_in(meeting: Meeting) -> set[int]:
    """The primary keys of those present."""
    return set(meeting.attendances.filter(is_present=True).values_list("user_id", flat=True))


def quorum_of(meeting: Meeting, case: Case) -> tuple[int, int]:
    """How many of the body's seats may decide in the case now, and how many it has."""
    seats = set(seats_of(meeting.body, meeting.day).values_list("user_id", flat=True))
    barred = {user for _case, user in disqualified_in(meeting, [case])}
    return len((seats & present_in(meeting)) - barred), len(seats)


def decisions_of(
    case: Case, *, with_dissent: bool = True, with_corrections: bool = True
) -> QuerySet[Decision]:
    """The case's decisions in the order they were made, with points and dissent (R61, R70).

    Args:
        case: whose.
        with_dissent: whether there is any to read with them.
        with_corrections: the same of corrections.
    """
    parts: list[str | Prefetch] = ["points"]
    if with_dissent:
        parts.append(Prefetch("dissents", _dissents()))
    if with_corrections:
        parts.append("corrections")
    return (
        case.decisions.select_related("body", "meeting")
        .prefetch_related(*parts)
        .order_by("day", "pk")
    )


def decisions_in(meeting: Meeting) -> QuerySet[Decision]:
    """What was decided in a meeting, in the order of its minutes."""
    return (
        meeting.decisions.select_related("body", "case")
        .prefetch_related("points", Prefetch("dissents", _dissents()))
        .order_by("paragraph_number", "pk")
    )


def minutes_file_of(meeting: Meeting) -> MinutesFile | None:
    """The approved minutes as a file; None before the approval."""
    return MinutesFile.objects.filter(meeting=meeting).select_related("meeting__body").first()


def _dissents() -> QuerySet[Dissent]:
    return Dissent.objects.prefetch_related("persons")


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody else did at the table: noted an outcome, or decided; ``said`` is the point."""

    case_id: int
    dnr: str
    who: User
    at: dt.datetime
    decision: Decision | None = None
    said: str = ""


def changed_since(meeting: Meeting, since: dt.datetime, user: User) -> list[Change]:
    """What others noted and what was decided since then, the newest first; of seen cases only."""
    seen = Case.objects.visible_to(user)
    notes = (
        meeting.agenda.filter(noted_at__gt=since, case__in=seen)
        .exclude(noted_by=user)
        .select_related("case", "noted_by")
    )
    points = DecisionPoint.objects.filter(decision=OuterRef("pk")).order_by("position")
    made = (
        meeting.decisions.filter(recorded_at__gt=since, case__in=seen)
        .exclude(recorded_by=user)
        .annotate(said=Subquery(points.values("text")[:1]))
        .select_related("case", "recorded_by", "body")
    )
    found = [
        Change(row.case.pk, row.case.dnr, row.noted_by, row.noted_at)
        for row in notes
        if row.case and row.noted_by and row.noted_at
    ]
    found += [
        Change(row.case.pk, row.case.dnr, row.recorded_by, row.recorded_at, row, row.said or "")
        for row in made
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)
