# SPDX-License-Identifier: EUPL-1.2
"""The bodies' meetings: what is to be decided on a day is decided in one, with minutes after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from casework.meetings.models import Meeting
from casework.meetings.services import (
    announce_minutes,
    approve_minutes,
    call_meeting,
    close_meeting,
    open_meeting,
    plan_meeting,
    save_minutes,
    set_agenda,
)
from casework.organisation.enums import ELECTED_KINDS, BodyKind
from casework.organisation.models import Body, User
from casework.organisation.selectors import seats_of
from casework.process.enums import Standing
from casework.process.models import Candidacy
from casework.process.services import Act
from casework.register.models import Case
from demo.cast import Cast
from demo.clock import Timeline

Deciding = Callable[[Act], None]
CaseOf = Callable[[], Case | None]

TODAY = dt.date(2026, 11, 24)
"""The last day of the story; what is planned after it lies ahead."""

PLACE = "Stadshuset, sammanträdesrum 3"
WEEKDAY = {
    "pedagogiska": 0,
    "sociala": 1,
    "tekniska": 2,
    "administrativa": 3,
    "infrastruktur": 4,
}
"""On which day of every second week an area's group meets."""


def group_day(area: str, after: dt.date) -> dt.date:
    """The first day from ``after`` on which the area's group meets."""
    day = after
    while day.weekday() != WEEKDAY[area] or day.isocalendar().week % 2:
        day += dt.timedelta(days=1)
    return day


WAITS = {
    BodyKind.COMMITTEE: Standing.WITH_COMMITTEE,
    BodyKind.DEVELOPMENT_COUNCIL: Standing.IN_PROPOSAL,
    BodyKind.CITY_COUNCIL: Standing.RECOMMENDED,
    BodyKind.SERVICE_AREA_GROUP: Standing.ADMITTED,
}
"""Where an initiative stands when a body of that kind is to decide on it."""


def waiting_for_body(body: Body) -> list[Case]:
    """The cases that wait for a body's decision on a whole list."""
    if body.kind not in WAITS:
        return []
    rows = Candidacy.objects.filter(stage=WAITS[BodyKind(body.kind)])
    if body.service_area_id:
        rows = rows.filter(initiative__service_area=body.service_area_id)
    found = rows.select_related("initiative__case").order_by("pk")
    return [row.initiative.case for row in found if row.initiative.case]


class Sittings:
    """Collects what a body is to decide on a day, and holds its meeting then."""

    def __init__(self, cast: Cast, timeline: Timeline) -> None:
        self.cast, self.timeline = cast, timeline
        self._matters: dict[tuple[str, dt.date], list[tuple[Deciding, CaseOf | None]]] = {}

    def decide(
        self, body: str, day: dt.date, deciding: Deciding, case: CaseOf | None = None
    ) -> None:
        """Let a body decide something in its meeting of the day."""
        key = (body, day)
        if key not in self._matters:
            self._matters[key] = []
            self.timeline.plan(day, 13, partial(self._hold, body, day))
        self._matters[key].append((deciding, case))

    def ahead(self, body: str, day: dt.date, cases: list[Case]) -> None:
        """Plan a meeting that lies ahead, with what waits for it."""
        lead = self.cast.lead(body)
        meeting = plan_meeting(
            body=self.cast.bodies[body],
            day=day,
            actor=lead,
            place=PLACE,
            starts_at=dt.time(13),
        )
        if cases:
            set_agenda(meeting=meeting, cases=cases, actor=lead)
            call_meeting(meeting=meeting, actor=lead)

    def _hold(self, slug: str, day: dt.date) -> None:
        body, lead = self.cast.bodies[slug], self.cast.lead(slug)
        matters = self._matters[slug, day]
        meeting = plan_meeting(body=body, day=day, actor=lead, place=PLACE, starts_at=dt.time(13))
        cases = [found for _act, case in matters if case and (found := case())]
        cases = cases or waiting_for_body(body)
        if cases:
            set_agenda(meeting=meeting, cases=cases, actor=lead)
        seats = list(seats_of(body, day))
        chair = next((row.user for row in seats if row.role.endswith("_chair")), None)
        meeting = open_meeting(
            meeting=meeting, chair=chair, present=[row.user for row in seats], actor=lead
        )
        for deciding, _case in matters:
            deciding(Act(meeting=meeting))
        save_minutes(
            meeting=meeting,
            text="Dagordningen godkändes. Besluten står i sina paragrafer.",
            actor=lead,
        )
        self.timeline.plan(day, 14, partial(self._close, meeting, lead))
        after = day + dt.timedelta(days=7)
        if after < TODAY:
            self.timeline.plan(after, 9, partial(self._approve, meeting, slug))

    def _close(self, meeting: Meeting, lead: User) -> None:
        close_meeting(meeting=meeting, actor=lead)

    def _approve(self, meeting: Meeting, slug: str) -> None:
        lead = self.cast.lead(slug)
        members = meeting.attendances.exclude(user=meeting.chair_id).select_related("user")
        with_chair = members.order_by("pk").first() if meeting.chair_id else None
        approve_minutes(
            meeting=meeting, approved_by=with_chair.user if with_chair else None, actor=lead
        )
        if meeting.body.kind in ELECTED_KINDS:
            announce_minutes(meeting=meeting, actor=lead)
