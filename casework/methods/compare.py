# SPDX-License-Identifier: EUPL-1.2
"""How far an order is from a suggested one, and which items were moved (R33, R34).

A suggestion gives places that several items may share. An order contradicts it in each pair that
it turns round. What was moved is the fewest items that, taken away, leave the rest in the
suggested order: whoever lifts one item from place ten to place one has moved one item, not ten.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def turned_pairs(order: Sequence[Item], suggested: Mapping[Item, int]) -> int:
    """How many pairs stand the other way round than suggested; items without a place not counted.

    Args:
        order: first one first.
        suggested: the suggested place of each item; equal places may stand either way.
    """
    seen: list[int] = []
    turned = 0
    for item in order:
        if (place := suggested.get(item)) is not None:
            at = bisect_right(seen, place)
            turned += len(seen) - at
            seen.insert(at, place)
    return turned


def moved(order: Sequence[Item], suggested: Mapping[Item, int]) -> list[Item]:
    """The items that were moved from where they were suggested, in the order given.

    The fewest possible; where several choices are as few, those that stand late in the order are
    counted as left in place. Items without a suggested place are not counted.
    """
    known = [item for item in order if item in suggested]
    # The longest run of places that never falls (patience sorting).
    tops: list[int] = []
    top_items: list[int] = []
    before: list[int] = []
    for index, item in enumerate(known):
        place = suggested[item]
        at = bisect_right(tops, place)
        before.append(top_items[at - 1] if at else -1)
        if at == len(tops):
            tops.append(place)
            top_items.append(index)
        else:
            tops[at], top_items[at] = place, index
    kept: set[int] = set()
    index = top_items[-1] if top_items else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return [item for index, item in enumerate(known) if index not in kept]
