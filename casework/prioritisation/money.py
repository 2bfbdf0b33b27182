# SPDX-License-Identifier: EUPL-1.2
"""The budget line of a round: its frames and its list as the methods of the line take them (R37).

The arithmetic is :mod:`casework.methods.budget`. Here stands what counts against which frame: what
an initiative asks the city for, year by year of its cost plan; one-off costs are paid first by what
others give, running ones by the rest of it. One that has no cost plan asks for its whole cost in
the first year. A supplement asks for what earlier rounds have not granted (R38).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from django.db.models import Prefetch, prefetch_related_objects

from casework.initiatives.basis import CostPlan
from casework.initiatives.selectors import plans_of
from casework.methods import budget
from casework.methods.budget import Best, Line, Partial, Wish
from casework.methods.solver import Unsolved
from casework.organisation.models import User
from casework.planning.enums import FrameKind
from casework.planning.models import Frame, Round
from casework.prioritisation.enums import ListKind
from casework.prioritisation.models import OrderedList
from casework.prioritisation.rows import Point, Row, points_of, points_on, rows_of, seen_by
from casework.prioritisation.selectors import (
    area_places,
    in_stage,
    newest,
    waiting_for_proposal,
)
from casework.process.enums import LIVE_STANDINGS, Standing
from casework.register.enums import LinkKind
from casework.register.selectors import dependencies_of

SEPARATOR = "."
WHOLE_CITY = SEPARATOR.join(("", "1", FrameKind.TOTAL))
"""The name of the frame of the whole city's first year."""
UNRANKED = 10**6


@dataclass(frozen=True, slots=True)
class Wanted:
    """An initiative on the list as the person is shown it, and as the line takes it.

    Attributes:
        asked: what it asks the city for in the first year, in thousands of kronor.
    """

    row: Row
    wish: Wish[int]
    asked: int


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
    """The round's frames by their names, in their order: the whole city's first.

    They are read once for the round that is handed in, also for those who ask for one of them.
    """
    found = Frame.objects.select_related("service_area")
    prefetch_related_objects([round_], Prefetch("frames", found))
    rows = list(round_.frames.all())
    rows.sort(
        key=lambda row: (
            row.service_area is not None,
            row.service_area.position if row.service_area else 0,
            row.year,
            list(FrameKind.values).index(row.kind),
        )
    )
    return {key_of(row): row for row in rows}


@lru_cache(maxsize=256)
def _parts(key: str) -> tuple[str, int, FrameKind]:
    area, year, kind = key.split(SEPARATOR)
    return area, int(year), FrameKind(kind)


def costs_of(
    cost_tkr: int | None,
    plan: CostPlan | None,
    frames: Iterable[str],
    *,
    area: str = "",
    granted: int = 0,
) -> dict[str, int]:
    """What an initiative asks for of each frame that it concerns, in thousands of kronor.

    Args:
        cost_tkr: its whole cost, for the first year of one that has no plan.
        area: the slug of its service area, if it has one.
        granted: what it got in earlier rounds.
    """
    found = {}
    for key in frames:
        whose, year, kind = _parts(key)
        if whose and whose != area:
            continue
        asked = _asked(cost_tkr or 0, plan, year, kind, granted)
        if asked:
            found[key] = asked
    return found


def _asked(whole: int, plan: CostPlan | None, year: int, kind: FrameKind, granted: int) -> int:
    if plan is None:
        return max(whole - granted, 0) if year == 1 and kind != FrameKind.RUNNING else 0
    if granted:
        plan = plan.left_after(granted)
    if year > len(plan.years):
        return plan.after if kind != FrameKind.ONE_OFF else 0
    row = plan.years[year - 1]
    if kind == FrameKind.TOTAL:
        return row.asked
    one_off = max(row.one_off - row.own - row.external, 0)
    return one_off if kind == FrameKind.ONE_OFF else row.asked - one_off


def listed(round_: Round) -> list[Point]:
    """What the line is drawn through: the city's list, as it is fixed or as it would be merged.

    Before anything can be merged it is what stands in the round, by the areas' places.
    """
    list_ = newest(round_, ListKind.CITY)
    if list_ is not None and not list_.is_draft:
        return points_on(list_)
    if found := waiting_for_proposal(round_).ready:
        return found
    places = area_places(round_)
    points = points_of(in_stage(round_, *(LIVE_STANDINGS - {Standing.ENTERED})))
    return sorted(points, key=lambda point: (places.get(point.pk, UNRANKED), point.pk))


def wanted(
    user: User,
    round_: Round,
    *,
    frames: Mapping[str, Frame],
    must: Iterable[int] = (),
) -> tuple[list[Wanted], int]:
    """The list that the person sees, as the line takes it; and how many items they do not see.

    Args:
        user: who reads.
        round_: the round.
        frames: those that count, by their names.
        must: the candidacies that are to be done whatever their place.
    """
    rows, hidden = rows_of(user, round_, listed(round_))
    return _wanted(user, round_, rows, frames=frames, must=must), hidden


def _wanted(
    user: User,
    round_: Round,
    rows: Sequence[Row],
    *,
    frames: Mapping[str, Frame],
    must: Iterable[int] = (),
) -> list[Wanted]:
    """Rows of the round as the line takes them.

    What an item is worth to the best line is its place, counted from the end: the list is what the
    city has agreed on, and a value of another kind would argue with it.
    """
    last = max((frame.year for frame in frames.values()), default=1)
    plans = plans_of(round_.candidacies.values("initiative"), until=last)
    areas = {
        row.service_area_id: row.service_area.slug for row in frames.values() if row.service_area
    }
    by_case = {row.point.case: row.key for row in rows}
    requires: dict[int, set[int]] = {}
    excludes: dict[int, set[int]] = {}
    linked = dependencies_of(user, round_.candidacies.values("initiative__case"))
    for link in chain.from_iterable(linked.values()):
        one, other = by_case.get(link.case_id), by_case.get(link.target_id)
        if one is None or other is None or one == other:
            continue
        if link.kind == LinkKind.DEPENDS_ON:
            requires.setdefault(one, set()).add(other)
        elif link.kind == LinkKind.EXCLUDES:
            excludes.setdefault(one, set()).add(other)
    wished, nothing = set(must), frozenset[int]()
    found = []
    for row in rows:
        point, plan = row.point, plans.get(row.point.initiative)
        costs = costs_of(
            point.cost_tkr, plan, frames, area=areas.get(point.area, ""), granted=point.granted_tkr
        )
        wish = Wish(
            item=row.key,
            value=len(rows) - row.place + 1,
            costs=costs,
            requires=frozenset(requires.get(row.key, nothing)),
            excludes=frozenset(excludes.get(row.key, nothing)),
            must=row.key in wished,
        )
        if WHOLE_CITY in frames:
            asked = costs.get(WHOLE_CITY, 0)
        else:
            asked = _asked(point.cost_tkr or 0, plan, 1, FrameKind.TOTAL, point.granted_tkr)
        found.append(Wanted(row, wish, asked))
    return found


def mark(
    user: User,
    rows: Sequence[Row],
    round_: Round,
    *,
    frame_tkr: int | None,
    before: Iterable[OrderedList] = (),
) -> None:
    """Sum a list by what it asks for in the first year, and mark where the strict line stops.

    So a list says the same of its money wherever it is read as the page of the line does.

    Args:
        frame_tkr: the city's for the first year as the list has it: its own once it is fixed.
        before: lists of the round that were handed over before this one, and have had their part.
    """
    frames = frames_of(round_)
    left = {key: frame.tkr for key, frame in frames.items() if key != WHOLE_CITY}
    if frame_tkr is not None:
        left = {WHOLE_CITY: frame_tkr} | left
    had = {point.pk: point for list_ in before for point in points_on(list_)}
    seen = seen_by(user, list(had.values())) if had else []
    earlier = [Row(point=had[pk], place=0, title="") for pk in seen]
    told = _wanted(user, round_, [*earlier, *rows], frames=frames)
    used = 0
    for each in told[: len(earlier)]:
        used += each.asked
        for key, tkr in _costs_within(each, left).items():
            left[key] = max(left[key] - tkr, 0)
    found = told[len(earlier) :]
    here = {each.row.key for each in found}
    if earlier or left.keys() != frames.keys():
        wishes = [
            replace(
                each.wish,
                costs=_costs_within(each, left),
                requires=each.wish.requires & here,
                excludes=each.wish.excludes & here,
            )
            for each in found
        ]
    else:  # all that is wished is here, and all that it costs counts
        wishes = [each.wish for each in found]
    line, _partial = budget.strict(wishes, left)
    stops = (key for key, outside in line.outside.items() if outside.why is budget.Why.FRAME)
    first, inside = next(stops, None), set(line.inside)
    within = used + sum(each.asked for each in found if each.row.key in inside)
    for each in found:
        row = each.row
        outside = line.outside.get(row.key)
        row.asked_tkr = each.asked
        row.is_excluded = outside is not None and outside.why is budget.Why.EXCLUDED
        used += 0 if row.is_excluded else each.asked
        row.total = used
        if row.key == first:
            row.stop, row.before = outside, within


def _costs_within(wanted: Wanted, frames: Container[str]) -> dict[str, int]:
    """What it asks of the frames that count, also where the city's is none of the round's own."""
    costs = {WHOLE_CITY: wanted.asked, **wanted.wish.costs}
    return {key: tkr for key, tkr in costs.items() if key in frames}


def draw(rows: Sequence[Wanted], frames: Mapping[str, int]) -> Drawn:
    """The three lines through a list.

    The last lists that were asked about are remembered: many read what few change.

    Raises:
        CannotHold: what must be done cannot be.
    """
    wishes = [row.wish for row in rows]
    return _drawn(
        _Question(
            tuple((*_said(wish), tuple(wish.costs.items())) for wish in wishes),
            tuple(frames.items()),
            wishes,
        )
    )


_said = attrgetter("item", "value", "requires", "excludes", "must")


@dataclass(frozen=True, slots=True)
class _Question:
    """A list and frames; two that say the same are the same."""

    said: tuple[tuple[object, ...], ...]
    frames: tuple[tuple[str, int], ...]
    wishes: Sequence[Wish[int]] = field(compare=False)


@lru_cache(maxsize=8)
def _drawn(asked: _Question) -> Drawn:
    wishes, frames = asked.wishes, dict(asked.frames)
    strict, partial = budget.strict(wishes, frames)
    try:
        best = budget.best(wishes, frames)
    except Unsolved:
        best = None
    return Drawn(strict, partial, budget.fill(wishes, frames), best)
