# SPDX-License-Identifier: EUPL-1.2
"""The budget line: what the frames hold of an ordered list, drawn in three ways (R37).

- *strict*: from the top, and stop at the first that does not fit.
- *fill*: from the top, past what does not fit, and on with what does.
- *best*: the selection of the highest value that the frames hold, by an integer programme.

A frame is an amount of money by a name: a year, an area and a year, one-off or running. Common
rules of the three: what must be done is taken first, with all that it requires; what requires
another brings it along, and fits when all of it fits; what excludes something taken is passed
over, and does not end the strict line, for no money was lacking. Amounts are whole thousands of
kronor and are counted exactly; no line ever exceeds a frame.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from math import floor, lcm
from typing import Generic, TypeVar

from casework.methods.solver import Unsolved, quiet_model, version

Item = TypeVar("Item", bound=Hashable)

PROVED_UP_TO = 150
"""So many items are worked on until the best line is proven best."""
GAP_OF_MANY = 0.0075
"""Of more, the search ends when nothing can be worth three quarters of a per cent more."""
NODES = 20_000
"""How far it searches at all: a count, so that the answer does not hang on the machine."""


@dataclass(frozen=True, slots=True)
class Wish(Generic[Item]):
    """One item of the ordered list.

    Attributes:
        value: what it is worth to the best line, not negative: such as its weighted score.
        costs: by frame, in thousands of kronor, not negative.
        requires: what must be done for it to make sense.
        excludes: what it makes needless or impossible; said by one of the two it holds for both.
        must: it is to be done whatever its place.
    """

    item: Item
    value: Fraction | int
    costs: Mapping[str, int]
    requires: frozenset[Item] = frozenset()
    excludes: frozenset[Item] = frozenset()
    must: bool = False


class Why(Enum):
    """What keeps an item outside a line."""

    FRAME = "frame"
    """A frame does not hold it."""
    STOPPED = "stopped"
    """The strict line had stopped above it, at the frame told."""
    EXCLUDED = "excluded"
    """It, or something that it requires, excludes something inside."""
    LESS_VALUE = "less_value"
    """The best line holds it, but is worth as much without it."""


@dataclass(frozen=True, slots=True)
class Outside(Generic[Item]):
    """Why an item is outside a line.

    Attributes:
        frame: the first frame, in their order, that it would break; None when none.
        lacking: how much that frame lacks, in thousands of kronor.
        other: what it excludes, when that is why.
    """

    why: Why
    frame: str | None = None
    lacking: int = 0
    other: Item | None = None


@dataclass(frozen=True, slots=True)
class Line(Generic[Item]):
    """One line: what is inside, in the list's order, and why the rest is not.

    Attributes:
        left: what each frame has left, in thousands of kronor.
    """

    inside: tuple[Item, ...]
    outside: Mapping[Item, Outside[Item]]
    left: Mapping[str, int]
    value: Fraction


@dataclass(frozen=True, slots=True)
class Best(Generic[Item]):
    """The best line and how sure it is.

    Attributes:
        bound: no selection is worth more than this.
        solver: the version of the solver that said so.
    """

    line: Line[Item]
    bound: Fraction
    solver: str

    @property
    def gap(self) -> Fraction:
        """At most this part below the best possible; 0 when it is proven best."""
        return (self.bound - self.line.value) / self.bound if self.bound else Fraction(0)

    @property
    def is_proven(self) -> bool:
        """Whether nothing is worth more."""
        return self.bound == self.line.value


@dataclass(frozen=True, slots=True)
class Partial(Generic[Item]):
    """The first item that the strict line has no room for, and the money that is left for it."""

    item: Item
    frame: str
    tkr_left: int


class CannotHold(ValueError):
    """What must be done cannot be: a frame is too small, or two such exclude each other.

    Attributes:
        frame: the frame, or None.
        items: what must be done and excludes each other, or nothing.
    """

    def __init__(self, frame: str | None = None, items: tuple[object, ...] = ()) -> None:
        super().__init__(f"What must be done cannot be: {frame or items}.")
        self.frame = frame
        self.items = items


@dataclass(slots=True)
class _Drawing(Generic[Item]):
    """A line being drawn: what is taken and what is left of each frame."""

    wishes: Mapping[Item, Wish[Item]]
    enemies: Mapping[Item, frozenset[Item]]
    left: dict[str, int]
    taken: set[Item] = field(default_factory=set)

    def bundle(self, item: Item) -> set[Item]:
        """The item with all that it requires and that is not taken yet."""
        found: set[Item] = set()
        waiting = [item]
        while waiting:
            one = waiting.pop()
            if one not in found and one not in self.taken:
                found.add(one)
                waiting += self.wishes[one].requires
        return found

    def obstacle(self, bundle: set[Item]) -> Outside[Item] | None:
        """What keeps a bundle outside, if anything."""
        around = self.taken | bundle
        for one in _in_order(bundle, self.wishes):
            if hit := self.enemies[one] & around:
                return Outside(Why.EXCLUDED, other=_in_order(hit, self.wishes)[0])
        for frame, left in self.left.items():
            cost = sum(self.wishes[one].costs.get(frame, 0) for one in bundle)
            if cost > left:
                return Outside(Why.FRAME, frame, cost - left)
        return None

    def take(self, bundle: set[Item]) -> None:
        """Put a bundle inside."""
        self.taken |= bundle
        for one in bundle:
            for frame, cost in self.wishes[one].costs.items():
                self.left[frame] -= cost

    def line(self, outside: Mapping[Item, Outside[Item]]) -> Line[Item]:
        """The line as drawn."""
        inside = tuple(item for item in self.wishes if item in self.taken)
        return Line(
            inside,
            {item: why for item, why in outside.items() if item not in self.taken},
            dict(self.left),
            sum((Fraction(self.wishes[item].value) for item in inside), Fraction(0)),
        )


def strict(
    wishes: Sequence[Wish[Item]], frames: Mapping[str, int]
) -> tuple[Line[Item], Partial[Item] | None]:
    """From the top, and stop at the first that does not fit; with what is left for that one.

    Raises:
        CannotHold: what must be done cannot be.
        ValueError: the list or the frames make no sense (:func:`check`).
    """
    drawing = _begun(wishes, frames)
    outside: dict[Item, Outside[Item]] = {}
    stop: Outside[Item] | None = None
    partial: Partial[Item] | None = None
    for item in drawing.wishes:
        if item in drawing.taken:
            continue
        if stop is not None:
            outside[item] = Outside(Why.STOPPED, stop.frame)
            continue
        bundle = drawing.bundle(item)
        obstacle = drawing.obstacle(bundle)
        if obstacle is None:
            drawing.take(bundle)
            continue
        outside[item] = obstacle
        if obstacle.why == Why.FRAME and obstacle.frame is not None:
            stop = obstacle
            left = drawing.left[obstacle.frame]
            partial = Partial(item, obstacle.frame, left) if left else None
    return drawing.line(outside), partial


def fill(wishes: Sequence[Wish[Item]], frames: Mapping[str, int]) -> Line[Item]:
    """From the top, past what does not fit, and on with what does.

    Raises:
        CannotHold, ValueError: as :func:`strict`.
    """
    drawing = _begun(wishes, frames)
    outside: dict[Item, Outside[Item]] = {}
    for item in drawing.wishes:
        bundle = drawing.bundle(item)
        if not bundle:
            continue
        obstacle = drawing.obstacle(bundle)
        if obstacle is None:
            drawing.take(bundle)
        else:
            outside[item] = obstacle
    return drawing.line(outside)


def best(
    wishes: Sequence[Wish[Item]], frames: Mapping[str, int], *, nodes: int = NODES
) -> Best[Item]:
    """The selection of the highest value that the frames hold.

    Args:
        nodes: how far to search; what is not proven by then is told as a gap.

    Raises:
        CannotHold, ValueError: as :func:`strict`.
        Unsolved: the solver failed.
    """
    start = _begun(wishes, frames)
    chosen, bound = _programme(start, frames, nodes)
    drawing = _begun(wishes, frames)
    # The solver counts in floating point. What it chose is taken in whole numbers, one by one.
    for item in drawing.wishes:
        if item in chosen:
            bundle = drawing.bundle(item)
            if bundle <= chosen and drawing.obstacle(bundle) is None:
                drawing.take(bundle)
    outside = {
        item: drawing.obstacle(drawing.bundle(item)) or Outside(Why.LESS_VALUE)
        for item in drawing.wishes
        if item not in drawing.taken
    }
    line = drawing.line(outside)
    return Best(line, max(bound, line.value), version())


def check(wishes: Sequence[Wish[Item]], frames: Mapping[str, int]) -> None:
    """Raise ValueError for a list that makes no sense, saying what of it."""
    known = {wish.item for wish in wishes}
    if len(known) != len(wishes):
        raise ValueError("An item stands twice on the list.")
    if any(tkr < 0 for tkr in frames.values()):
        raise ValueError("A frame is not negative.")
    for wish in wishes:
        if wish.value < 0 or any(cost < 0 for cost in wish.costs.values()):
            raise ValueError(f"{wish.item!r}: value and costs are not negative.")
        if unknown := set(wish.costs) - set(frames):
            raise ValueError(f"{wish.item!r}: there is no frame {min(unknown)!r}.")
        if not wish.requires | wish.excludes <= known:
            raise ValueError(f"{wish.item!r}: requires or excludes what is not on the list.")


def _begun(wishes: Sequence[Wish[Item]], frames: Mapping[str, int]) -> _Drawing[Item]:
    """A drawing with what must be done inside."""
    check(wishes, frames)
    enemies: dict[Item, set[Item]] = {wish.item: set(wish.excludes) for wish in wishes}
    for wish in wishes:
        for other in wish.excludes:
            enemies[other].add(wish.item)
    drawing = _Drawing(
        {wish.item: wish for wish in wishes},
        {item: frozenset(others) for item, others in enemies.items()},
        dict(frames),
    )
    for wish in wishes:
        if wish.must:
            bundle = drawing.bundle(wish.item)
            obstacle = drawing.obstacle(bundle)
            if obstacle is not None:
                items = (wish.item, obstacle.other) if obstacle.other is not None else ()
                raise CannotHold(obstacle.frame, items)
            drawing.take(bundle)
    return drawing


def _in_order(items: Iterable[Item], wishes: Mapping[Item, Wish[Item]]) -> list[Item]:
    found = set(items)
    if len(found) < 2:
        return list(found)
    return [item for item in wishes if item in found]


def _programme(
    start: _Drawing[Item], frames: Mapping[str, int], nodes: int
) -> tuple[set[Item], Fraction]:
    """What the solver chooses, and the value that nothing exceeds."""
    import highspy

    items = list(start.wishes)
    column = {item: index for index, item in enumerate(items)}
    unit = lcm(*(Fraction(start.wishes[item].value).denominator for item in items), 1)
    model = quiet_model()
    for option, value in (
        ("mip_max_nodes", nodes),
        ("mip_rel_gap", 0.0 if len(items) <= PROVED_UP_TO else GAP_OF_MANY),
        ("mip_abs_gap", 0.999),  # values are whole numbers: less than one apart is the same
        ("mip_feasibility_tolerance", 1e-9),
        ("primal_feasibility_tolerance", 1e-9),
        # Measured: knapsacks of this kind are proven faster without these.
        ("mip_heuristic_effort", 0.0),
        ("mip_detect_symmetry", False),
        ("mip_allow_restart", False),
        ("presolve", "off"),
        ("mip_pool_soft_limit", 300),
    ):
        model.setOptionValue(option, value)
    for item in items:
        model.addVar(1.0 if item in start.taken else 0.0, 1.0)
        model.changeColIntegrality(column[item], highspy.HighsVarType.kInteger)
        model.changeColCost(column[item], -float(start.wishes[item].value * unit))
    infinite = model.getInfinity()
    for frame, tkr in frames.items():
        costly = [item for item in items if start.wishes[item].costs.get(frame)]
        model.addRow(
            -infinite,
            float(tkr),
            len(costly),
            [column[item] for item in costly],
            [float(start.wishes[item].costs[frame]) for item in costly],
        )
    for item in items:
        for other in _in_order(start.wishes[item].requires, start.wishes):
            model.addRow(-infinite, 0.0, 2, [column[item], column[other]], [1.0, -1.0])
        for other in _in_order(start.enemies[item], start.wishes):
            if column[item] < column[other]:
                model.addRow(-infinite, 1.0, 2, [column[item], column[other]], [1.0, 1.0])
    if items:
        model.run()
    info = model.getInfo()
    if items and info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise Unsolved(model.modelStatusToString(model.getModelStatus()))
    values = list(model.getSolution().col_value) if items else []
    chosen = {item for item, value in zip(items, values, strict=True) if value > 0.5}
    most = -info.mip_dual_bound if items else 0.0
    return chosen, Fraction(floor(most + 1e-6 * max(1.0, abs(most))), unit)
