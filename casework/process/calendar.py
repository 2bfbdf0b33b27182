# SPDX-License-Identifier: EUPL-1.2
"""The days that concern a person: rounds, their bodies' meetings, what they are to have done (R53).

A day tells a case by its number alone: a calendar is copied to telephones and shown on screens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.meetings.enums import MeetingState
from casework.meetings.selectors import meetings_of, meetings_shown_to
from casework.organisation.models import User
from casework.planning.enums import Milestone, RoundState
from casework.planning.models import Round
from casework.planning.selectors import bodies_at_work
from casework.process.selectors import Waiting, waiting_for

SOON = dt.timedelta(days=14)
"""So early a day that comes near is said."""


STATIONS = {
    Milestone.PREPARATION: _l("beredningen klar"),
    Milestone.ASSESSMENT: _l("den inledande bedömningen klar"),
    Milestone.RANKING: _l("områdenas listor klara"),
    Milestone.COMMITTEE: _l("utskottet klart"),
    Milestone.PROPOSAL: _l("stadens förslag klart"),
    Milestone.RECOMMENDATION: _l("utvecklingsrådet"),
    Milestone.DECISION: _l("kommunfullmäktige"),
}
"""What a round's stations are called in a calendar."""


class DayKind(StrEnum):
    """What a day is of."""

    ROUND = "round"
    MEETING = "meeting"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Something that falls on a day.

    Attributes:
        key: the same each time, so that a calendar that is read again moves it.
        obj: what it is of, whose page tells more.
        starts_at: when on the day, for meetings.
        several: what stands under it when it is of more than one, each with its number.
    """

    day: dt.date
    kind: DayKind
    words: str
    key: str
    obj: models.Model
    starts_at: dt.time | None = None
    place: str = ""
    several: tuple[tuple[str, models.Model], ...] = ()

    @property
    def is_past(self) -> bool:
        """Whether the day has been."""
        return self.day < timezone.localdate()

    @property
    def is_soon(self) -> bool:
        """Whether it comes near."""
        return not self.is_past and self.day <= timezone.localdate() + SOON


def days_of(user: User) -> list[CalendarDay]:
    """The days that concern the person, the nearest first: none before this month."""
    start = timezone.localdate().replace(day=1)
    found = [*_rounds(), *_meetings(user, start), *_tasks(user)]
    late = [day for day in found if day.kind is DayKind.TASK or day.day >= start]
    return sorted(late, key=lambda day: (day.day, day.starts_at or dt.time.min, day.words))


def _rounds() -> Iterable[CalendarDay]:
    rounds = Round.objects.exclude(state=RoundState.CLOSED).select_related("cycle")
    for round_ in rounds:
        yield CalendarDay(
            round_.ideas_until, DayKind.ROUND,
            _("%(round)s: sista dag för initiativ") % {"round": round_},
            f"round-{round_.pk}-ideas", round_,
        )  # fmt: skip
        for milestone, words in STATIONS.items():
            day = round_.deadline(milestone)
            if day is not None:
                yield CalendarDay(
                    day, DayKind.ROUND,
                    _("%(round)s: %(station)s") % {"round": round_, "station": words},
                    f"round-{round_.pk}-{milestone.value}", round_,
                )  # fmt: skip
        if round_.board_on is not None:
            yield CalendarDay(
                round_.board_on, DayKind.ROUND, _("%(round)s: kommunstyrelsen") % {"round": round_},
                f"round-{round_.pk}-board", round_,
            )  # fmt: skip


def _meetings(user: User, start: dt.date) -> Iterable[CalendarDay]:
    """One's own, and of those that one only plans the meetings of bodies that are at work."""
    shown = meetings_shown_to(user).filter(
        day__gte=start, state__in=[MeetingState.PLANNED, MeetingState.OPEN]
    )
    concerns = Q(pk__in=meetings_of(user).values("pk")) | Q(body__in=bodies_at_work())
    for meeting in shown.filter(concerns):
        yield CalendarDay(
            meeting.day, DayKind.MEETING, _("Möte: %(body)s") % {"body": meeting.body},
            f"meeting-{meeting.pk}", meeting, meeting.starts_at, meeting.place,
        )  # fmt: skip


def _tasks(user: User) -> Iterable[CalendarDay]:
    """One for a day and task: the same to do with many is one thing in a calendar."""
    alike: dict[tuple[dt.date, str], list[Waiting]] = {}
    for waiting in waiting_for(user):
        if waiting.due is not None:
            alike.setdefault((waiting.due, waiting.task), []).append(waiting)
    for (due, task), found in alike.items():
        rows = sorted(found, key=_by_number)
        several = tuple((_number(row), row.process.initiative) for row in rows)
        (name, first), count = several[0], len(several)
        if count == 1:
            yield CalendarDay(
                due, DayKind.TASK, f"{task}: {name}", f"task-{rows[0].process.pk}", first
            )
        else:
            yield CalendarDay(
                due, DayKind.TASK,
                _("%(task)s: %(count)s initiativ") % {"task": task, "count": count},
                f"tasks-{due.isoformat()}-{slugify(task)}", first, several=several,
            )  # fmt: skip


def _number(waiting: Waiting) -> str:
    case = waiting.process.initiative.case
    return case.dnr if case else _("ett initiativ")


def _by_number(waiting: Waiting) -> tuple[int, int, int]:
    case = waiting.process.initiative.case
    return (case.year, case.serial, 0) if case else (0, 0, waiting.process.pk)
