# SPDX-License-Identifier: EUPL-1.2
"""Uddatalsmetoden over ordered lists: how several areas' lists become one (R34).

Each place goes to the area whose share, divided by 1, 3, 5 … for its first, second, third place,
is the largest: the rule by which seats are shared out in Swedish elections (Sainte-Laguë; with
1.2 as the first divisor the adjusted form of vallagen 14:3). The next item of that area's list
takes the place, so each list keeps its order. Shares are given beforehand and never counted from
the lists: taking one item away below a place changes nothing above it.

How far an area can be from its exact share (places so far × share / all shares), as long as no
list has run out: with equal shares less than one place. With n ≥ 3 areas and any shares at most
(n − 1) / 2 places; with five areas, none of which has more than four times another's share, 8/7.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)
Area = TypeVar("Area", bound=Hashable)

PLAIN = Fraction(1)
"""The first divisor of uddatalsmetoden."""
ADJUSTED = Fraction(6, 5)
"""The first divisor of the adjusted form, 1.2: a first place is a little harder to get."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[Area, Item]):
    """One place of the merged list, and why this item stands there.

    Attributes:
        place: from 1.
        nth: which of its area's items it is, from 1.
        quotient: the area's number for this place: its share through the divisor.
        rival: the area that came nearest, None when no other had anything left.
        rival_quotient: that area's number; equal to ``quotient`` when the fixed order decided.
    """

    place: int
    item: Item
    area: Area
    nth: int
    quotient: Fraction
    rival: Area | None
    rival_quotient: Fraction | None

    @property
    def by_fixed_order(self) -> bool:
        """Whether two areas had the same number, so that the areas' fixed order decided."""
        return self.rival_quotient == self.quotient


def divisor(nth: int, first: Fraction = PLAIN) -> Fraction:
    """The divisor of an area's nth place: 1, 3, 5 …, with the first one as set."""
    return first if nth == 1 else Fraction(2 * nth - 1)


def merge(
    lists: Mapping[Area, Sequence[Item]],
    shares: Mapping[Area, Fraction | int],
    order: Sequence[Area],
    *,
    first: Fraction = PLAIN,
) -> list[Placed[Area, Item]]:
    """Merge the areas' lists into one.

    Args:
        lists: each area's items, first one first; an area may have none.
        shares: each area's share, above zero; only their proportions count.
        order: the areas in their fixed order, which decides between equal numbers.
        first: the first divisor, from 1 and below 3.

    Raises:
        ValueError: an area has no share or no place in the order, is named twice, an item stands
            on two lists, or the first divisor is none.
    """
    _check(lists, shares, order, first)
    # Two fractions whose denominators are at most n differ by 1/n² or not at all: scaled by n² and
    # rounded down, different numbers stay different and equal ones equal, and are compared fast.
    longest = max(map(len, lists.values()), default=0)
    share = [Fraction(shares[area]) if area in shares else PLAIN for area in order]
    divisors = [divisor(nth, first).as_integer_ratio() for nth in range(1, longest + 1)]
    common = lcm(*(each.denominator for each in share))
    scale = (common * max(first.numerator, 2 * longest)) ** 2

    def entry(position: int, nth: int) -> tuple[int, int, int, Fraction]:
        above, below = share[position].as_integer_ratio()
        by, of = divisors[nth - 1]
        number = Fraction(above * of, below * by)
        return -(number.numerator * scale // number.denominator), position, nth, number

    # The heap's smallest is the largest number; among equals the area that is first in order.
    waiting = [entry(position, 1) for position, area in enumerate(order) if lists.get(area)]
    heapq.heapify(waiting)
    placed: list[Placed[Area, Item]] = []
    while waiting:
        _scaled, position, nth, number = heapq.heappop(waiting)
        area = order[position]
        rival = waiting[0] if waiting else None
        placed.append(
            Placed(
                place=len(placed) + 1,
                item=lists[area][nth - 1],
                area=area,
                nth=nth,
                quotient=number,
                rival=order[rival[1]] if rival else None,
                rival_quotient=rival[3] if rival else None,
            )
        )
        if nth < len(lists[area]):
            heapq.heappush(waiting, entry(position, nth + 1))
    return placed


def _check(
    lists: Mapping[Area, Sequence[Item]],
    shares: Mapping[Area, Fraction | int],
    order: Sequence[Area],
    first: Fraction,
) -> None:
    if not 1 <= first < 3:
        raise ValueError(f"The first divisor is from 1 and below 3, not {first}.")
    if len(set(order)) != len(order):
        raise ValueError("An area stands twice in the order.")
    for area in lists:
        if area not in order:
            raise ValueError(f"The area {area!r} has no place in the order.")
        if area not in shares or not shares[area] > 0:
            raise ValueError(f"The area {area!r} has no share above zero.")
    items = [item for rows in lists.values() for item in rows]
    if len(set(items)) != len(items):
        raise ValueError("An item stands twice on the lists.")
