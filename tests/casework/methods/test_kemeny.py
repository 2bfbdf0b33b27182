# SPDX-License-Identifier: EUPL-1.2
"""The members' consensus: proven to contradict fewest, ties kept, the wanted order followed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.methods.kemeny import Ranking, consensus, contradicted

Rankings = Sequence[Ranking[int]]


def brute(wanted: list[int], rankings: Rankings) -> tuple[int, list[tuple[int, ...]]]:
    """The fewest contradicted judgements, and every order that has them: all orders tried."""
    size = len(wanted)
    against = np.zeros((size, size), dtype=np.int64)
    for said in rankings:
        for one, other in permutations(said, 2):
            against[one, other] += said[one] < said[other]
    if not size:
        return 0, [()]
    orders = np.array(list(permutations(range(size))), dtype=np.int64)
    counts = np.zeros(len(orders), dtype=np.int64)
    for first, second in combinations(range(size), 2):
        counts += against[orders[:, second], orders[:, first]]
    best = orders[counts == counts.min()]
    return int(counts.min()), [tuple(map(int, order)) for order in best]


@st.composite
def profiles(draw: st.DrawFn) -> tuple[list[int], Rankings]:
    """Up to six items in a wanted order; members with ties, and silent on some."""
    size = draw(st.integers(0, 6))
    places = st.dictionaries(st.integers(0, max(size - 1, 0)), st.integers(1, 6), max_size=size)
    return draw(st.permutations(range(size))), draw(st.lists(places, max_size=7))


@given(profiles())
@settings(max_examples=40)
def test_no_order_contradicts_fewer_and_ties_share_a_place(
    profile: tuple[list[int], Rankings],
) -> None:
    wanted, rankings = profile
    found = consensus(wanted, rankings)
    fewest, orders = brute(wanted, rankings)
    assert found.contradicted == fewest == contradicted(found.order, rankings)
    # Of the best orders the one that follows the wanted one, place by place.
    at = {item: spot for spot, item in enumerate(wanted)}
    assert found.order == min(orders, key=lambda order: [at[item] for item in order])
    # Who shares a place: whoever can be turned round, and what hangs together by that.
    ahead = {(a, b) for order in orders for i, a in enumerate(order) for b in order[i + 1 :]}
    groups = {item: {item} for item in wanted}
    for a, b in ahead:
        if (b, a) in ahead:
            joined = groups[a] | groups[b]
            groups |= dict.fromkeys(joined, joined)
    assert {frozenset(shared) for shared in found.places} == set(map(frozenset, groups.values()))


def test_two_hundred_random_profiles_are_as_every_order_tried_says() -> None:
    chance = random.Random(7)
    for _ in range(200):
        size, members = chance.randint(2, 7), chance.randint(1, 9)
        items = list(range(size))
        orders = [chance.sample(items, size) for _member in range(members)]
        rankings = [{item: spot for spot, item in enumerate(order)} for order in orders]
        fewest, best = brute(items, rankings)
        found = consensus(items, rankings)
        assert found.contradicted == fewest
        assert found.order in best
        assert found.judgements == members * size * (size - 1) // 2


def test_three_members_who_go_round_in_a_circle_tie_all_three() -> None:
    circle: Rankings = [{0: 1, 1: 2, 2: 3}, {1: 1, 2: 2, 0: 3}, {2: 1, 0: 2, 1: 3}]
    found = consensus([2, 0, 1], circle)
    assert found.places == ((2, 0, 1),)
    assert found.place_of == {2: 1, 0: 1, 1: 1}
    assert (found.contradicted, found.judgements) == (4, 9)


def test_who_places_two_alike_says_nothing_of_the_two() -> None:
    found = consensus([0, 1, 2], [{0: 1, 1: 1, 2: 2}, {2: 3}])
    assert found.places == ((0, 1), (2,))
    assert found.judgements == 2


def test_the_same_question_has_the_same_answer() -> None:
    chance = random.Random(3)
    orders = [chance.sample(range(12), 12) for _member in range(6)]
    rankings = [{item: spot for spot, item in enumerate(order)} for order in orders]
    assert consensus(list(range(12)), rankings) == consensus(list(range(12)), rankings[::-1])


def test_the_solver_writes_nothing_where_commands_write_json(
    capfd: pytest.CaptureFixture[str],
) -> None:
    consensus([0, 1], [{0: 1, 1: 2}])
    assert capfd.readouterr() == ("", "")


def test_an_item_wanted_twice_is_refused() -> None:
    with pytest.raises(ValueError):
        consensus([0, 0], [])
