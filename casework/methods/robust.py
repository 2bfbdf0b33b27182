# SPDX-License-Identifier: EUPL-1.2
"""How much an order hangs on the exact weights and on single members (R41), without sampling.

The weights may each differ at most a fifth from the city's, and still sum to one. Such weights
form a body with flat sides; a difference between two weighted scores is smallest in one of its
corners. So one item is before another for *all* such weights exactly when it is so in every
corner, and the corners can be listed: all criteria but one at an end of their range, that one
taking what is left. Everything is counted in whole numbers.

A score that is missing (everybody abstained) could have been any step: such an item is surely
before another only if it would be with the lowest step, against the other's highest.

An item's band of places follows from the pairs: it is never above those surely before it, nor
below those that it is surely before. No weights within the fifth put it outside; not every place
inside must be reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import product
from math import lcm
from typing import TYPE_CHECKING

from casework.methods.scores import HIGHEST, LOWEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

FIFTH = Fraction(1, 5)
MOSTLY = Fraction(3, 4)
"""The part of the corners in which an item must be before another to be so mostly."""

Values = Sequence[Sequence[Fraction | int | None]]
"""Items by criteria, from 0 to 5; None where everybody abstained."""


class Relation(Enum):
    """What the weights say of two items."""

    SURELY_BEFORE = "surely_before"
    MOSTLY_BEFORE = "mostly_before"
    DEPENDS = "depends"
    MOSTLY_AFTER = "mostly_after"
    SURELY_AFTER = "surely_after"


@dataclass(frozen=True, slots=True)
class Band:
    """The places between which an item stands, whatever happens."""

    best: int
    worst: int


class Robustness:
    """What holds for all weights near the city's.

    Attributes:
        corners: how many corners the body of weights has.
        bands: by item, in the order of the values.
    """

    def __init__(self, wins: NDArray[np.uint16], corners: int) -> None:
        self._wins = wins
        self.corners = corners
        surely = wins == corners
        above, below = surely.sum(axis=0), surely.sum(axis=1)
        size = len(wins)
        self.bands = [
            Band(int(ahead) + 1, size - int(behind))
            for ahead, behind in zip(above, below, strict=True)
        ]

    def relation(self, one: int, other: int) -> Relation:
        """What holds of two items, by their index."""
        ahead, behind = int(self._wins[one, other]), int(self._wins[other, one])
        if ahead == self.corners:
            return Relation.SURELY_BEFORE
        if behind == self.corners:
            return Relation.SURELY_AFTER
        if ahead >= MOSTLY * self.corners:
            return Relation.MOSTLY_BEFORE
        if behind >= MOSTLY * self.corners:
            return Relation.MOSTLY_AFTER
        return Relation.DEPENDS

    def counts(self) -> tuple[int, int, int]:
        """How many pairs are settled, mostly so, and dependent on the weights."""
        import numpy as np

        size = len(self._wins)
        most = np.maximum(self._wins, self._wins.T)
        surely = int((most == self.corners).sum()) // 2
        mostly = int((most >= float(MOSTLY * self.corners)).sum()) // 2 - surely
        return surely, mostly, size * (size - 1) // 2 - surely - mostly


def corners_of(weights: Sequence[int], tolerance: Fraction = FIFTH) -> list[tuple[int, ...]]:
    """The corners of the weights that differ at most so much from the given and sum as they do.

    In units that make all of them whole numbers; proportions are what counts.

    Raises:
        ValueError: no weight is above zero, one is negative, or the tolerance is not below one.
    """
    if not 0 <= tolerance < 1 or any(w < 0 for w in weights) or not sum(weights):
        raise ValueError("Weights are not negative, some above zero; the tolerance is below one.")
    unit = tolerance.denominator
    low = [w * (unit - tolerance.numerator) for w in weights]
    high = [w * (unit + tolerance.numerator) for w in weights]
    whole = unit * sum(weights)
    found: set[tuple[int, ...]] = set()
    for free in range(len(weights)):
        others = [pair for at, pair in enumerate(zip(low, high, strict=True)) if at != free]
        for ends in product(*others):
            left = whole - sum(ends)
            if low[free] <= left <= high[free]:
                found.add((*ends[:free], left, *ends[free:]))
    return sorted(found)


def robustness(values: Values, weights: Sequence[int], tolerance: Fraction = FIFTH) -> Robustness:
    """Compare all items by all weights that differ at most ``tolerance`` from the given.

    Raises:
        ValueError: as :func:`corners_of`, or a row has not a value for each weight.
    """
    import numpy as np

    corners = np.array(corners_of(weights, tolerance), dtype=np.int64)
    lowest, highest = _bounds(values, len(weights))
    least, most = lowest @ corners.T, highest @ corners.T
    if max(most.max(initial=0), -least.min(initial=0)) < np.iinfo(np.int32).max:
        least, most = least.astype(np.int32), most.astype(np.int32)  # half the memory to walk
    least, most = np.ascontiguousarray(least.T), np.ascontiguousarray(most.T)
    wins = np.zeros((len(values), len(values)), dtype=np.uint16)
    for corner in range(len(corners)):
        wins += least[corner][:, None] > most[corner][None, :]
    return Robustness(wins, len(corners))


def bands_without_each(
    sheets: Sequence[Sequence[Sequence[int | None]]], weights: Sequence[int]
) -> list[Band]:
    """Between which places each item stands when any one member is left out, or none.

    Args:
        sheets: by member, items by criteria: a step of the scale, None for who abstains.
        weights: by criterion.

    An item's place is one more than the number of items with a higher weighted score, made of the
    medians of those who scored; of a criterion in which nobody did, the weight is left out.
    """
    import numpy as np

    steps = np.array(
        [[[-1 if p is None else p for p in row] for row in sheet] for sheet in sheets],
        dtype=np.int64,
    )
    kept = [steps]
    if len(sheets) > 1:
        kept += [np.delete(steps, member, axis=0) for member in range(len(sheets))]
    places = np.stack([_places(_doubled_medians(part), weights) for part in kept])
    return [
        Band(int(best), int(worst))
        for best, worst in zip(places.min(axis=0), places.max(axis=0), strict=True)
    ]


def _bounds(values: Values, criteria: int) -> tuple[Whole, Whole]:
    """The least and the most that each value can be, multiplied to whole numbers."""
    import numpy as np

    if any(len(row) != criteria for row in values):
        raise ValueError("Each item has one value for each weight.")
    unit = lcm(*{v.denominator for row in values for v in row if v is not None} or {1})

    def filled(end: int) -> Whole:
        rows = [
            [end * unit if v is None else v.numerator * (unit // v.denominator) for v in row]
            for row in values
        ]
        return np.array(rows, dtype=np.int64).reshape(len(values), criteria)

    return filled(LOWEST), filled(HIGHEST)


def _doubled_medians(steps: Whole) -> Whole:
    """Twice the median over the members; -1 where all abstain."""
    import numpy as np

    # Those who abstain (-1) come first; the median is taken of the rest.
    ordered = np.sort(steps, axis=0)
    given = (steps >= 0).sum(axis=0)
    members = len(steps)
    low = members - given + (given - 1) // 2
    high = members - given + given // 2
    at = np.minimum(np.stack([low, high]), members - 1)
    both = np.take_along_axis(ordered, at, axis=0).sum(axis=0)
    return np.where(given > 0, both, -1)


def _places(medians: Whole, weights: Sequence[int]) -> Whole:
    """Places by weighted score, those with the same score on the same, those without one last."""
    import numpy as np

    weight = np.array(weights, dtype=np.int64)
    known = medians >= 0
    points = np.where(known, medians, 0) @ weight
    weighed = known @ weight
    # a/b against c/d in whole numbers: a·d against c·b. What has no weight has no score.
    score = np.array(
        [
            Fraction(int(p), int(w)) if w else Fraction(-1)
            for p, w in zip(points, weighed, strict=True)
        ],
        dtype=object,
    )
    ordered = sorted(range(len(score)), key=lambda index: score[index], reverse=True)
    places = np.zeros(len(score), dtype=np.int64)
    for spot, index in enumerate(ordered):
        before = ordered[spot - 1] if spot else None
        same = before is not None and score[before] == score[index]
        places[index] = places[before] if same else spot + 1
    return places
