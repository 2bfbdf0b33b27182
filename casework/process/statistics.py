# SPDX-License-Identifier: EUPL-1.2
"""What the steps tell when they are counted: how long, how often again, with what end (R52).

Only of cases that the person may see, so that a number tells nobody of a case they may not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Q

from casework.organisation.models import User
from casework.planning.models import Round
from casework.process.enums import Stage, Standing, stage_words
from casework.process.models import Candidacy, Step
from casework.register.models import Case

STATIONS: tuple[str, ...] = (
    Stage.WITH_LIAISON,
    Stage.RETURNED,
    Stage.PREPARED,
    Stage.SENT,
    Stage.REGISTERED,
    Stage.IN_PREPARATION,
    Standing.ENTERED,
    Standing.WITH_GROUP,
    Standing.COMPLETION,
    Standing.ADMITTED,
    Standing.RANKED,
    Standing.WITH_COMMITTEE,
    Standing.COMMITTEE_DONE,
    Standing.IN_PROPOSAL,
    Standing.RECOMMENDED,
    Stage.APPROVED,
    Stage.IMPLEMENTING,
)
"""The stages in which an initiative waits for somebody, in the order of the way."""


@dataclass(frozen=True, slots=True)
class Waited:
    """How long initiatives stood in a stage, in days."""

    stage: str
    count: int
    median_days: float
    longest_days: int

    @property
    def words(self) -> str:
        """The stage in words."""
        return stage_words(self.stage)


@dataclass(frozen=True, slots=True)
class Ended:
    """How the initiatives of a förvaltning ended."""

    administration: str
    total: int
    by_outcome: dict[str, int]

    @property
    def open(self) -> int:
        """How many have no outcome yet."""
        return self.total - sum(self.by_outcome.values())


def counted(user: User, *, year: int | None = None) -> list[int]:
    """The initiatives that are counted: registered ones that the person sees.

    Args:
        user: who reads the figures.
        year: of registration; all unless told.
    """
    cases = Case.objects.visible_to(user).filter(initiative__isnull=False, voided_at=None)
    if year is not None:
        cases = cases.filter(year=year)
    return list(cases.order_by().values_list("initiative", flat=True))


def years(user: User) -> list[int]:
    """The years in which initiatives were registered that the person sees, the newest first."""
    cases = Case.objects.visible_to(user).filter(initiative__isnull=False)
    return list(cases.order_by("-year").values_list("year", flat=True).distinct())


def waits(initiatives: Iterable[int]) -> list[Waited]:
    """How long initiatives stood in each stage before somebody took the next step."""
    rows = (
        Step.objects.filter(initiative__in=list(initiatives))
        .order_by("initiative", "pk")
        .values_list("initiative", "from_stage", "decided_on")
    )
    days: dict[str, list[int]] = defaultdict(list)
    before: tuple[int, dt.date] | None = None
    for initiative, stage, day in rows:
        if before is not None and before[0] == initiative:
            days[stage].append(max((day - before[1]).days, 0))
        before = (initiative, day)
    return [
        Waited(stage, len(days[stage]), median(days[stage]), max(days[stage]))
        for stage in STATIONS
        if days[stage]
    ]


def loops(initiatives: Sequence[int]) -> list[tuple[int, int]]:
    """How many initiatives were completed how many times: (times, initiatives), from none."""
    asked = Counter(
        Step.objects.filter(
            initiative__in=initiatives,
            transition__in=("request_completion", "return_to_originator"),
        ).values_list("initiative", flat=True)
    )
    times = Counter(asked.get(pk, 0) for pk in initiatives)
    return sorted(times.items())


def ends(initiatives: Sequence[int]) -> list[Ended]:
    """How the initiatives of each förvaltning ended, those with most initiatives first."""
    rows = (
        Case.objects.filter(initiative__in=initiatives)
        .order_by()
        .values_list("initiative__administration__name", "outcome")
        .annotate(n=Count("pk"))
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for administration, outcome, count in rows:
        found[administration][outcome] = count
    told = [
        Ended(
            administration,
            sum(counts.values()),
            {outcome: count for outcome, count in counts.items() if outcome},
        )
        for administration, counts in found.items()
    ]
    return sorted(told, key=lambda row: (-row.total, row.administration))


def by_round(initiatives: Sequence[int]) -> list[tuple[str, int, int, int]]:
    """Each round: how many stood in it, how many got money, all or a part, how many were deferred.

    The newest round first.
    """
    rows = (
        Candidacy.objects.filter(initiative__in=initiatives)
        .values("round")
        .annotate(
            n=Count("pk"),
            funded=Count("pk", filter=Q(stage__in=[Standing.FUNDED, Standing.PARTLY_FUNDED])),
            deferred=Count("pk", filter=Q(stage=Standing.DEFERRED)),
        )
        .order_by("-round__decision_on")
    )
    rounds = Round.objects.select_related("cycle").in_bulk([row["round"] for row in rows])
    return [(str(rounds[row["round"]]), row["n"], row["funded"], row["deferred"]) for row in rows]
