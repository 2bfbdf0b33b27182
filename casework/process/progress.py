# SPDX-License-Identifier: EUPL-1.2
"""How what was decided is carried out: tertials, what is reported, what is late (R40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.initiatives.enums import BenefitGroup
from casework.initiatives.models import BenefitLine, Initiative
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import appointments_of
from casework.process.enums import Stage
from casework.process.models import Process, Progress, Step
from casework.process.selectors import visible_processes

GRACE = dt.timedelta(days=20)
"""So long after the end of a tertial its report is due."""

CARRIED_OUT = frozenset({Stage.APPROVED, Stage.IMPLEMENTING, Stage.IMPLEMENTED})
"""From the decision on."""

REPORTED = frozenset({Stage.IMPLEMENTING, Stage.IMPLEMENTED})
"""Stages in which a report can be written; of a finished one what the benefit became."""

GRANTS = ("approve", "approve_in_part")
STARTS = "start_implementation"


@dataclass(frozen=True, order=True, slots=True)
class Tertial:
    """Four months of a year, as interim reports count them."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Tertial:
        """The tertial that holds a day."""
        return cls(day.year, (day.month + 3) // 4)

    @property
    def ends_on(self) -> dt.date:
        """Its last day."""
        if self.number == 3:
            return dt.date(self.year, 12, 31)
        return dt.date(self.year, self.number * 4 + 1, 1) - dt.timedelta(days=1)

    @property
    def due_on(self) -> dt.date:
        """The day by which its report should be there."""
        return self.ends_on + GRACE

    @property
    def before(self) -> Tertial:
        """The one before."""
        return (
            Tertial(self.year - 1, 3) if self.number == 1 else Tertial(self.year, self.number - 1)
        )

    def __str__(self) -> str:
        return f"T{self.number} {self.year}"


@dataclass(frozen=True, slots=True)
class Promise:
    """The benefit for a group: what was promised, and what it is."""

    group: BenefitGroup
    promised: int
    measure: str
    reached: int | None

    @property
    def is_short(self) -> bool:
        """Whether what was measured is less than what was promised."""
        return self.reached is not None and self.reached < self.promised


@dataclass(frozen=True, slots=True)
class Carried:
    """An initiative that is carried out, with what was granted and what was last reported."""

    process: Process
    granted_tkr: int
    newest: Progress | None
    owed: Tertial | None
    today: dt.date

    @property
    def is_late(self) -> bool:
        """Whether a report should have been there."""
        return self.owed is not None and self.owed.due_on < self.today

    @property
    def is_over(self) -> bool:
        """Whether more was spent than granted."""
        return self.newest is not None and self.newest.spent_tkr > self.granted_tkr > 0


def carried_out(user: User, stages: Iterable[str] = CARRIED_OUT) -> list[Carried]:
    """All that is being carried out and that the person may see, by area and number."""
    rows = visible_processes(user).filter(stage__in=list(stages))
    return _carried(
        rows.order_by("initiative__service_area__position", "initiative__case__entry__pk")
    )


def owed_by(user: User) -> list[Carried]:
    """What the person should report on, the most urgent first: as officer or as contact person."""
    mine = Q(pk__in=[])
    for row in appointments_of(user):
        if row.role == Role.OFFICER:
            mine |= Q(initiative__case__officer=user)
        elif row.role == Role.LIAISON:
            mine |= Q(initiative__administration=row.administration_id)
    rows = _carried(visible_processes(user).filter(mine, stage=Stage.IMPLEMENTING))
    found = [row for row in rows if row.owed is not None]
    return sorted(found, key=lambda row: (row.owed, row.process.pk))


def carried(process: Process) -> Carried:
    """One of them."""
    return _carried(Process.objects.filter(pk=process.pk).select_related("initiative__case"))[0]


def carried_by(process: Process, reports: Sequence[Progress], steps: Iterable[Step]) -> Carried:
    """One of them, by what was read of it already.

    Args:
        process: its life.
        reports: its reports, the oldest first.
        steps: its steps.
    """
    today, steps = timezone.localdate(), list(steps)
    start = next((row.decided_on for row in steps if row.transition == STARTS), None)
    last = Tertial.of(today).before
    reported = {Tertial(row.year, row.tertial) for row in reports}
    owes = (
        process.stage == Stage.IMPLEMENTING
        and start is not None
        and start <= last.ends_on
        and last not in reported
    )
    return Carried(
        process,
        sum(row.amount_tkr or 0 for row in steps if row.transition in GRANTS),
        reports[-1] if reports else None,
        last if owes else None,
        today,
    )


def promises_of(initiative: Initiative, reports: Sequence[Progress]) -> list[Promise]:
    """The benefit against what was promised, group by group; the newest measure of each holds."""
    reached: dict[str, int] = {}
    for report in reports:
        reached.update(report.benefits)
    lines = BenefitLine.objects.filter(initiative=initiative)
    return [
        Promise(BenefitGroup(row.group), row.level, row.measure, reached.get(row.group))
        for row in lines
    ]


def tertials_to_report(process: Process, today: dt.date | None = None) -> list[Tertial]:
    """The tertials that a report can be about: the one that runs, and those since the start."""
    now = Tertial.of(today or timezone.localdate())
    start = _started([process]).get(process.initiative_id)
    first = Tertial.of(start) if start else now
    found = [now]
    while found[-1] > first and len(found) < 6:
        found.append(found[-1].before)
    return found


def _carried(rows: QuerySet[Process]) -> list[Carried]:
    processes = list(rows)
    wanted = [row.initiative_id for row in processes]
    reports: dict[int, list[Progress]] = {pk: [] for pk in wanted}
    told = Progress.objects.filter(initiative__in=wanted).order_by("year", "tertial", "pk")
    for report in told.select_related("author"):
        reports[report.initiative_id].append(report)
    steps: dict[int, list[Step]] = {pk: [] for pk in wanted}
    for step in Step.objects.filter(initiative__in=wanted, transition__in=(*GRANTS, STARTS)):
        steps[step.initiative_id].append(step)
    return [
        carried_by(row, reports[row.initiative_id], steps[row.initiative_id]) for row in processes
    ]


def _started(processes: Sequence[Process]) -> dict[int, dt.date]:
    rows = Step.objects.filter(
        initiative__in=[row.initiative_id for row in processes],
        transition=STARTS,
    )
    return dict(rows.values_list("initiative", "decided_on"))
