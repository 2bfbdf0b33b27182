# SPDX-License-Identifier: EUPL-1.2
"""How far a list is from its suggestion, and what was moved (R33)."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from casework.methods.compare import moved, turned_pairs

orders = st.integers(0, 7).flatmap(lambda size: st.permutations(range(size)))
suggestions = st.dictionaries(st.integers(0, 6), st.integers(1, 7))


@given(orders, suggestions)
def test_a_pair_is_turned_when_it_stands_against_the_suggestion(
    order: list[int], suggested: dict[int, int]
) -> None:
    known = [suggested[item] for item in order if item in suggested]
    assert turned_pairs(order, suggested) == sum(a > b for a, b in combinations(known, 2))


@given(orders, suggestions)
def test_what_was_moved_is_the_fewest_that_explain_the_order(
    order: list[int], suggested: dict[int, int]
) -> None:
    known = [item for item in order if item in suggested]

    def explains(gone: set[int]) -> bool:
        return turned_pairs([item for item in known if item not in gone], suggested) == 0

    found = moved(order, suggested)
    assert explains(set(found))
    fewer = max(len(found) - 1, 0)
    assert not found or not any(explains(set(some)) for some in combinations(known, fewer))


def test_lifting_one_to_the_top_moves_one() -> None:
    suggested = {"a": 1, "b": 2, "c": 3, "d": 4}
    assert moved(["d", "a", "b", "c"], suggested) == ["d"]
    assert turned_pairs(["d", "a", "b", "c"], suggested) == 3


def test_items_that_share_a_suggested_place_stand_either_way() -> None:
    assert moved(["b", "a"], {"a": 1, "b": 1}) == []
