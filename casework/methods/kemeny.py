# SPDX-License-Identifier: EUPL-1.2
"""The order that contradicts the fewest of the members' pairwise judgements (Kemeny), exactly.

Where members rank instead of scoring, each says of every two items which comes first, or nothing.
An order contradicts a judgement when it puts the two the other way round. The best order is found
by a linear programme over the pairs, to which the rules "a before b before c, then a before c"
are added where they are broken (Grötschel, Jünger and Reinelt). It is proven best, and its count
is the certificate: no order contradicts fewer.

Ties stay ties: items that stand the other way round in another order that is as good share a
place. Among as good orders the one is given that follows the wanted order, place by place.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from casework.methods.solver import TOLERANCE, Unsolved, quiet_model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

Item = TypeVar("Item", bound=Hashable)

Ranking = Mapping[Item, int]
"""One member's places: equal places say nothing of each other, an absent item of none."""


@dataclass(frozen=True, slots=True)
class Consensus(Generic[Item]):
    """The best order, with its certificate.

    Attributes:
        places: the items in order, those that share a place together.
        contradicted: how many of the members' judgements the order contradicts.
        judgements: how many there are.
    """

    places: tuple[tuple[Item, ...], ...]
    contradicted: int
    judgements: int

    @property
    def order(self) -> tuple[Item, ...]:
        """All items, first one first."""
        return tuple(item for shared in self.places for item in shared)

    @property
    def place_of(self) -> dict[Item, int]:
        """The place of each item, from 1; the next after two on place 1 is 3."""
        found: dict[Item, int] = {}
        for shared in self.places:
            found |= dict.fromkeys(shared, len(found) + 1)
        return found


def judgements(items: Sequence[Item], rankings: Iterable[Ranking[Item]]) -> Counts:
    """How many members put one item before another: row before column, in the items' order."""
    import numpy as np

    counts = np.zeros((len(items), len(items)), dtype=np.int64)
    for ranking in rankings:
        far = len(items) + max(ranking.values(), default=0)
        places = np.array([ranking.get(item, far) for item in items], dtype=np.int64)
        known = np.array([item in ranking for item in items], dtype=bool)
        counts += (places[:, None] < places[None, :]) & known[:, None] & known[None, :]
    return counts


def contradicted(order: Sequence[Item], rankings: Iterable[Ranking[Item]]) -> int:
    """How many of the members' judgements an order contradicts."""
    counts = judgements(order, rankings)
    return sum(int(counts[j, :j].sum()) for j in range(len(order)))


def consensus(wanted: Sequence[Item], rankings: Iterable[Ranking[Item]]) -> Consensus[Item]:
    """The order of all items that contradicts the fewest judgements.

    Args:
        wanted: every item once, in the order that decides between orders that are as good.
        rankings: the members' places; other items than the wanted are not counted.

    Raises:
        ValueError: an item is wanted twice.
        Unsolved: the solver failed.
    """
    if len(set(wanted)) != len(wanted):
        raise ValueError("An item is wanted twice.")
    counts = judgements(wanted, rankings)
    search = _Search(counts)
    best = search.best()
    reversible = _reversible(search, best)
    places = _places(search, best, reversible)
    return Consensus(
        places=tuple(tuple(wanted[index] for index in shared) for shared in places),
        contradicted=best.cost,
        judgements=int(counts.sum()),
    )


Before = dict[tuple[int, int], bool]
"""Of pairs i < j, whether i comes before j."""


class _Impossible(Exception):
    """No order has the pairs that are held still."""


@dataclass(frozen=True, slots=True)
class _Solved:
    """An order that is proven best, and what the programme says of turning a pair round."""

    order: list[int]
    cost: int
    bound: float
    reduced: dict[tuple[int, int], float]


class _Search:
    """The programme: one variable a pair, 1 when the first of the two comes first.

    Rules that were once broken stay in it, so that later searches are short.
    """

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.size = len(counts)
        self.pairs = [(i, j) for i in range(self.size) for j in range(i + 1, self.size)]
        self.column = {pair: index for index, pair in enumerate(self.pairs)}
        self.model = quiet_model()
        for _pair in self.pairs:
            self.model.addVar(0.0, 1.0)
        self.costs = [float(counts[j, i] - counts[i, j]) for i, j in self.pairs]
        #: What is contradicted when no variable is 1: every "i before j".
        self.base = sum(int(counts[i, j]) for i, j in self.pairs)

    def best(self) -> _Solved:
        """The best order; from then on the programme knows only orders that are as good."""
        if not self.pairs:
            return _Solved(list(range(self.size)), 0, 0.0, {})
        self._aim(self.costs)
        values = self._relaxed()
        bound = self.model.getInfo().objective_function_value + self.base
        duals = self.model.getSolution().col_dual
        order = self._order(values if _are_whole(values) else self._whole())
        cost = self._cost(order)
        self._add_row(float(cost - self.base), list(range(len(self.pairs))), self.costs)
        return _Solved(order, cost, bound, dict(zip(self.pairs, map(abs, duals), strict=True)))

    def others(self, doubtful: Before) -> Iterator[list[int]]:
        """Orders as good as the best, each turning pairs that none before it has turned.

        Args:
            doubtful: which pairs to turn, as they stand.
        """
        left = dict(doubtful)
        while left:
            wishes = {None: 0.0, True: 1.0, False: -1.0}
            self._aim([wishes[left.get(pair)] for pair in self.pairs])
            values = self._relaxed()
            order = self._order(values if _are_whole(values) else self._whole())
            at = {index: spot for spot, index in enumerate(order)}
            turned = [(i, j) for (i, j), before in left.items() if (at[i] < at[j]) != before]
            if not turned:
                return
            yield order
            for pair in turned:
                del left[pair]

    def allows(self, held: Before) -> bool:
        """Whether an order that is as good as the best has these pairs so."""
        self._aim([0.0] * len(self.pairs))
        for pair, before in held.items():
            self.model.changeColBounds(self.column[pair], float(before), float(before))
        try:
            values = self._relaxed()
            if not _are_whole(values):
                self._whole()
        except _Impossible:
            return False
        finally:
            for pair in held:
                self.model.changeColBounds(self.column[pair], 0.0, 1.0)
        return True

    def _aim(self, costs: Sequence[float]) -> None:
        for column, value in enumerate(costs):
            self.model.changeColCost(column, value)

    def _relaxed(self) -> list[float]:
        """Solve, adding the rules that are broken, until none is."""
        while True:
            values = self._run()
            if not self._add_broken(values):
                return values

    def _whole(self) -> list[float]:
        """As :meth:`_relaxed`, in whole numbers: needed when the best mixture is no order."""
        import highspy

        columns = list(range(len(self.pairs)))
        for column in columns:
            self.model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        try:
            return self._relaxed()
        finally:
            for column in columns:
                self.model.changeColIntegrality(column, highspy.HighsVarType.kContinuous)

    def _run(self) -> list[float]:
        import highspy

        self.model.run()
        status = self.model.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise _Impossible
        if status != highspy.HighsModelStatus.kOptimal:
            raise Unsolved(self.model.modelStatusToString(status))
        return list(self.model.getSolution().col_value)

    def _add_broken(self, values: list[float]) -> bool:
        """Add the rules of three that the values break; whether there were any."""
        import numpy as np

        before = np.zeros((self.size, self.size))
        for (i, j), value in zip(self.pairs, values, strict=True):
            before[i, j], before[j, i] = value, 1 - value
        # i before j and j before k, yet not i before k: x_ij + x_jk + x_ki may be at most 2.
        around = before[:, :, None] + before[None, :, :] + before.T[:, None, :]
        broken = np.argwhere(around > 2 + TOLERANCE)
        found = [tuple(int(n) for n in row) for row in broken if row[0] == row.min()]
        for i, j, k in found:
            self._add_rule(i, j, k)
        return bool(found)

    def _add_rule(self, i: int, j: int, k: int) -> None:
        """x_ij + x_jk + x_ki ≤ 2, written with the variables of the pairs in order."""
        at_most, columns, signs = 2.0, [], []
        for one, other in ((i, j), (j, k), (k, i)):
            if one < other:
                columns.append(self.column[one, other])
                signs.append(1.0)
            else:
                columns.append(self.column[other, one])
                signs.append(-1.0)
                at_most -= 1.0
        self._add_row(at_most, columns, signs)

    def _add_row(self, at_most: float, columns: list[int], values: list[float]) -> None:
        self.model.addRow(-self.model.getInfinity(), at_most, len(columns), columns, values)

    def _order(self, values: list[float]) -> list[int]:
        wins = [0] * self.size
        for (i, j), value in zip(self.pairs, values, strict=True):
            wins[i if value > 0.5 else j] += 1
        order = sorted(range(self.size), key=lambda index: -wins[index])
        if sorted(wins) != list(range(self.size)):
            raise Unsolved("The pairs make no order.")
        return order

    def _cost(self, order: list[int]) -> int:
        placed = self.counts[order][:, order]
        return sum(int(placed[j, :j].sum()) for j in range(self.size))


def _are_whole(values: list[float]) -> bool:
    return all(value < TOLERANCE or value > 1 - TOLERANCE for value in values)


def _reversible(search: _Search, best: _Solved) -> set[tuple[int, int]]:
    """The pairs (first, second as found) that stand the other way round in another best order.

    A pair whose turning costs more than the programme's bound allows is settled by that. Of the
    rest, orders are sought among the best that turn as many as can be, until none turns any.
    """
    place = {index: at for at, index in enumerate(best.order)}
    slack = best.cost - best.bound
    doubtful = {
        (i, j): place[i] < place[j]
        for i, j in search.pairs
        if best.reduced[i, j] <= slack + TOLERANCE
    }
    reversible: set[tuple[int, int]] = set()
    for order in search.others(doubtful):
        at = {index: spot for spot, index in enumerate(order)}
        reversible |= {
            (one, two)
            for spot, one in enumerate(best.order)
            for two in best.order[spot + 1 :]
            if at[one] > at[two]
        }
    return reversible


def _places(search: _Search, best: _Solved, reversible: set[tuple[int, int]]) -> list[list[int]]:
    """The order cut where no best order crosses, each part in the wanted order as far as it goes.

    An item between two that can change places can change places with one of them, so what hangs
    together stands together.
    """
    parts: list[list[int]] = []
    for spot, index in enumerate(best.order):
        earlier = best.order[:spot]
        if parts and any((one, index) in reversible for one in earlier):
            # Everything from the first it can pass on.
            first = next(at for at, one in enumerate(earlier) if (one, index) in reversible)
            joined: list[int] = []
            while parts and sum(len(part) for part in parts) > first:
                joined = parts.pop() + joined
            parts.append([*joined, index])
        else:
            parts.append([index])
    return [_follow_wanted(search, best, part) for part in parts]


def _follow_wanted(search: _Search, best: _Solved, part: list[int]) -> list[int]:
    """The best order of a part that follows the wanted order (the indices), place by place."""
    if len(part) == 1:
        return part
    at = {index: spot for spot, index in enumerate(best.order)}
    inside = set(part)
    held: Before = {
        (i, j): at[i] < at[j] for i, j in search.pairs if not (i in inside and j in inside)
    }
    left = sorted(part)
    chosen: list[int] = []
    while len(left) > 1:
        for candidate in left:
            others = [index for index in left if index != candidate]
            first = {
                (min(candidate, other), max(candidate, other)): candidate < other
                for other in others
            }
            if search.allows(held | first):
                held |= first
                chosen.append(candidate)
                left = others
                break
        else:
            raise Unsolved("No order is as good as the best one.")
    return chosen + left
