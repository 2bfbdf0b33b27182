# SPDX-License-Identifier: EUPL-1.2
"""The budget line of a round: its frames and its list as the methods of the line take them (R37).

The arithmetic is :mod:`casework.methods.budget`. Here stands what counts against which frame: what
an initiative asks the city for, year by year of its cost plan; one-off costs are paid first by what
others give, running ones by the rest of it. One that has no cost plan asks for its whole cost in
the first year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.initiatives.basis import CostPlan
from casework.initiatives.selectors import plans_of
from casework.methods import budget
from casework.methods.budget import Best, Line, Partial, Wish
from casework.methods.solver import Unsolved
from casework.organisation.models import User
from casework.planning.enums import FrameKind
from casework.planning.models import Frame, Round
from casework.prioritisation.enums import ListKind
from casework.prioritisation.selectors import area_places, in_stage, mergeable, newest
from casework.process.enums import LIVE_STANDINGS, Standing
from casework.process.models import Candidacy
from casework.register.enums import LinkKind
from casework.register.models import Case
from casework.register.selectors import dependencies_of

SEPARATOR = "."
UNRANKED = 10**6


@dataclass(frozen=True, slots=True)
class Wanted:
    """An initiative on the list as the person is shown it, and as the line takes it."""

    candidacy: Candidacy
    case: Case
    place: int
    wish: Wish[int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The three lines of one list under the same frames.

    Attributes:
        partial: what is left for the first that the strict line has no room for.
        best: None where the solver failed.
    """

    strict: Line[int]
    partial: Partial[int] | None
    fill: Line[int]
    best: Best[int] | None


def key_of(frame: Frame) -> str:
    """The name of a frame among others: area, year and kind of cost."""
    area = frame.service_area.slug if frame.service_area else ""
    return SEPARATOR.join((area, str(frame.year), frame.kind))


def frames_of(round_: Round) -> dict[str, Frame]:
    """The round's frames by their names, in their order: the whole city's first."""
    rows = list(round_.frames.select_related("service_area"))
    rows.sort(
        key=lambda row: (
            row.service_area is not None,
            row.service_area.position if row.service_area else 0,
            row.year,
            list(FrameKind.values).index(row.kind),
        )
    )
    return {key_of(row): row for row in rows}


def costs_of(candidacy: Candidacy, plan: CostPlan | None, frames: Iterable[str]) -> dict[str, int]:
    """What an initiative asks for of each frame that it concerns, in thousands of kronor."""
    area = candidacy.initiative.service_area
    found = {}
    for key in frames:
        slug, year, kind = key.split(SEPARATOR)
        if slug and (area is None or area.slug != slug):
            continue
        asked = _asked(candidacy, plan, int(year), kind)
        if asked:
            found[key] = asked
    return found


def _asked(candidacy: Candidacy, plan: CostPlan | None, year: int, kind: str) -> int:
    if plan is None:
        whole = candidacy.initiative.cost_tkr or 0
        return whole if year == 1 and kind != FrameKind.RUNNING else 0
    if year > len(plan.years):
        return plan.after if kind != FrameKind.ONE_OFF else 0
    row = plan.years[year - 1]
    one_off = max(row.one_off - row.own - row.external, 0)
    return {
        FrameKind.TOTAL: row.asked,
        FrameKind.ONE_OFF: one_off,
        FrameKind.RUNNING: row.asked - one_off,
    }[FrameKind(kind)]


def listed(round_: Round) -> list[Candidacy]:
    """What the line is drawn through: the city's list, as it is fixed or as it would be merged.

    Before anything can be merged it is what stands in the round, by the areas' places.
    """
    list_ = newest(round_, ListKind.CITY)
    if list_ is not None and not list_.is_draft:
        related = ("candidacy__initiative__case", "candidacy__initiative__service_area")
        return [item.candidacy for item in list_.items.select_related(*related)]
    if found := mergeable(round_):
        return found
    places = area_places(round_)
    rows = in_stage(round_, *(LIVE_STANDINGS - {Standing.ENTERED}))
    return sorted(rows, key=lambda row: (places.get(row.pk, UNRANKED), row.pk))


def wanted(
    user: User,
    round_: Round,
    *,
    frames: Sequence[str],
    must: Iterable[int] = (),
) -> tuple[list[Wanted], int]:
    """The list that the person sees, as the line takes it; and how many items they do not see.

    Args:
        user: who reads.
        round_: the round.
        frames: the names of those that count.
        must: the candidacies that are to be done whatever their place.

    What an item is worth to the best line is its place, counted from the end: the list is what the
    city has agreed on, and a value of another kind would argue with it.
    """
    rows = listed(round_)
    shown = {
        case.pk: case
        for case in Case.objects.shown_to(user).filter(
            pk__in=[row.initiative.case_id for row in rows]
        )
    }
    seen = [row for row in rows if row.initiative.case_id in shown]
    plans = plans_of([row.initiative_id for row in seen])
    links = dependencies_of(user, shown)
    by_case = {row.initiative.case_id: row.pk for row in seen}
    wished = set(must)
    found = []
    for place, row in enumerate(seen, start=1):
        linked = [
            (link.kind, by_case[link.target_id])
            for link in links.get(row.initiative.case_id or 0, [])
            if link.target_id in by_case and by_case[link.target_id] != row.pk
        ]
        wish = Wish(
            item=row.pk,
            value=len(seen) - place + 1,
            costs=costs_of(row, plans.get(row.initiative_id), frames),
            requires=frozenset(pk for kind, pk in linked if kind == LinkKind.DEPENDS_ON),
            excludes=frozenset(pk for kind, pk in linked if kind == LinkKind.EXCLUDES),
            must=row.pk in wished,
        )
        case = shown[row.initiative.case_id or 0]
        found.append(Wanted(row, case, place, wish))
    return found, len(rows) - len(seen)


def draw(rows: Sequence[Wanted], frames: Mapping[str, int]) -> Drawn:
    """The three lines through a list.

    Raises:
        CannotHold: what must be done cannot be.
    """
    wishes = [row.wish for row in rows]
    strict, partial = budget.strict(wishes, frames)
    try:
        best = budget.best(wishes, frames)
    except Unsolved:
        best = None
    return Drawn(strict, partial, budget.fill(wishes, frames), best)
