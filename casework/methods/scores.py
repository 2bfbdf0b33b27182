# SPDX-License-Identifier: EUPL-1.2
"""Members' scores on anchored scales, and what they say together (R41).

Each step of a scale has words, so a score means the same in each year and beside any other
initiatives: scores are never stretched over the set at hand. Who abstains says nothing: an
abstention is reported, it is not a zero. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)
Criterion = TypeVar("Criterion", bound=Hashable)

LOWEST, HIGHEST = 0, 5
"""The ends of every scale."""

Points = int | None
"""A step of the scale, or None for who abstains."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What the members say of one item by one criterion.

    Attributes:
        points: the given scores, lowest first.
        abstained: how many said that they cannot judge.
        median: None when everybody abstained.
    """

    points: tuple[int, ...]
    abstained: int
    median: Fraction | None

    @property
    def width(self) -> int:
        """Steps between the lowest and the highest score."""
        return self.points[-1] - self.points[0] if self.points else 0

    @property
    def deviation(self) -> Fraction:
        """The mean distance from the median, in steps."""
        if self.median is None:
            return Fraction(0)
        doubled = int(2 * self.median)  # a median of whole steps is whole or a half
        return Fraction(sum(abs(2 * p - doubled) for p in self.points), 2 * len(self.points))


@dataclass(frozen=True, slots=True)
class Total(Generic[Criterion]):
    """An item's weighted score.

    Attributes:
        score: on the scale from 0 to 5; None when no criterion has a value.
        parts: what each criterion gives of it.
        missing: the criteria without a value; their weight is left out, not counted as zero.
    """

    score: Fraction | None
    parts: Mapping[Criterion, Fraction]
    missing: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Item]):
    """An item's place in the score order; items with the same score share it.

    Attributes:
        place: from 1; the next after two on place 1 is 3.
        score: None for what has none; those share the last place.
    """

    item: Item
    place: int
    score: Fraction | None


def spread(points: Sequence[Points]) -> Spread:
    """What several members say.

    Raises:
        ValueError: a score is no step of the scale.
    """
    given = sorted(p for p in points if p is not None)
    if given and not LOWEST <= given[0] <= given[-1] <= HIGHEST:
        raise ValueError(f"A score is from {LOWEST} to {HIGHEST}.")
    middle = Fraction(given[(len(given) - 1) // 2] + given[len(given) // 2], 2) if given else None
    return Spread(tuple(given), len(points) - len(given), middle)


def total(
    values: Mapping[Criterion, Fraction | int | None], weights: Mapping[Criterion, int]
) -> Total[Criterion]:
    """The weighted score of an item.

    Args:
        values: by criterion, from 0 to 5; None or absent when there is none.
        weights: by criterion, the proportions count; those with weight 0 do not.

    Raises:
        ValueError: a weight is negative, or a value is outside the scale.
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("A weight is not negative.")
    known = {c: Fraction(v) for c in weights if (v := values.get(c)) is not None}
    if any(not LOWEST <= value <= HIGHEST for value in known.values()):
        raise ValueError(f"A value is from {LOWEST} to {HIGHEST}.")
    counted = sum(weights[c] for c in known)
    parts = {c: value * weights[c] / counted for c, value in known.items()} if counted else {}
    return Total(
        score=sum(parts.values(), Fraction(0)) if counted else None,
        parts=parts,
        missing=tuple(c for c, weight in weights.items() if weight and c not in known),
    )


def rank(scores: Mapping[Item, Fraction | None]) -> list[Ranked[Item]]:
    """The score order, highest first. Equal scores share a place, in the order given."""
    ordered = sorted(scores.items(), key=lambda row: (row[1] is None, -(row[1] or Fraction(0))))
    ranked: list[Ranked[Item]] = []
    for position, (item, score) in enumerate(ordered, start=1):
        shares = bool(ranked) and ranked[-1].score == score
        ranked.append(Ranked(item, ranked[-1].place if shares else position, score))
    return ranked


def by_disagreement(
    spreads: Mapping[tuple[Item, Criterion], Spread],
) -> list[tuple[tuple[Item, Criterion], Spread]]:
    """What to talk about first: where the members are furthest apart.

    By the steps between lowest and highest, then by the mean distance from the median, then in
    the order given. What all agree on is left out.
    """
    apart = [row for row in spreads.items() if row[1].width]
    return sorted(apart, key=lambda row: (-row[1].width, -row[1].deviation))
