# SPDX-License-Identifier: EUPL-1.2
"""Robustness is exact: what is told as sure holds for every weight, and nothing less is sure."""

from __future__ import annotations

import random
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.methods.robust import Band, Relation, bands_without_each, corners_of, robustness
from casework.methods.scores import rank, total

weights_ = st.lists(st.integers(1, 4), min_size=2, max_size=5)


def least_difference(difference: list[Fraction], weights: list[int]) -> Fraction:
    """The least that a difference can be: what is free to give goes where it costs most."""
    whole = 5 * sum(weights)
    given_ = [4 * weight for weight in weights]
    left = whole - sum(given_)
    for at in sorted(range(len(weights)), key=lambda at: difference[at]):
        more = min(left, 2 * weights[at])
        given_[at] += more
        left -= more
    return sum((d * g for d, g in zip(difference, given_, strict=True)), Fraction(0))


@given(weights_, st.data())
@settings(max_examples=60)
def test_surely_before_is_what_the_greedy_minimum_says(
    weights: list[int], data: st.DataObject
) -> None:
    """The corners against another exact way: a knapsack that is filled greedily."""
    step = st.integers(0, 10).map(lambda halves: Fraction(halves, 2))
    row = st.lists(step, min_size=len(weights), max_size=len(weights))
    values = data.draw(st.lists(row, min_size=2, max_size=6))
    found = robustness(values, weights)
    for a, mine in enumerate(values):
        for b, theirs in enumerate(values):
            least = least_difference([m - t for m, t in zip(mine, theirs, strict=True)], weights)
            assert (found.relation(a, b) == Relation.SURELY_BEFORE) == (least > 0)
            assert (found.relation(b, a) == Relation.SURELY_AFTER) == (least > 0)


def test_no_weights_within_a_fifth_put_an_item_outside_its_band() -> None:
    chance = random.Random(11)
    weights = [3, 1, 2, 2]
    values = [[Fraction(chance.randint(0, 5)) for _ in weights] for _ in range(12)]
    bands = robustness(values, weights).bands
    corners = corners_of(weights)
    for _ in range(300):
        mix = [chance.random() for _ in corners]
        within = [sum(m * c[at] for m, c in zip(mix, corners, strict=True)) for at in range(4)]
        scores = [sum(v * w for v, w in zip(row, within, strict=True)) for row in values]
        for mine, band in zip(scores, bands, strict=True):
            assert band.best <= 1 + sum(other > mine + 1e-9 for other in scores)
            assert 1 + sum(other > mine + 1e-9 for other in scores) <= band.worst


def test_five_equal_weights_have_thirty_corners() -> None:
    assert len(corners_of([1] * 5)) == 30
    for corner in corners_of([3, 1, 2]):
        assert sum(corner) == 30
        assert all(4 * w <= c <= 6 * w for w, c in zip([3, 1, 2], corner, strict=True))


def test_a_missing_score_is_any_step_so_nothing_is_sure_of_it_that_hangs_on_it() -> None:
    found = robustness([[5, None], [4, 3], [0, 0]], [1, 1])
    assert found.relation(0, 1) == Relation.DEPENDS
    assert found.relation(0, 2) == Relation.SURELY_BEFORE
    assert found.bands[0] == Band(1, 2)


def test_the_same_scores_are_never_before_each_other() -> None:
    found = robustness([[3, 3], [3, 3]], [2, 1])
    assert found.relation(0, 1) == Relation.DEPENDS
    assert found.counts() == (0, 0, 1)


def test_bands_tell_what_leaving_any_one_member_out_changes() -> None:
    chance = random.Random(5)
    weights = {"a": 2, "b": 1, "c": 3}
    sheets = [
        [[chance.choice([None, 0, 1, 2, 3, 4, 5]) for _ in weights] for _item in range(6)]
        for _member in range(4)
    ]
    places: list[list[int]] = [[] for _ in range(6)]
    for left_out in (None, *range(4)):
        kept = [sheet for member, sheet in enumerate(sheets) if member != left_out]
        scores: dict[int, Fraction | None] = {}
        for item in range(6):
            middle = {
                name: Fraction(median([Fraction(p) for p in said]))
                for at, name in enumerate(weights)
                if (said := [p for s in kept if (p := s[item][at]) is not None])
            }
            scores[item] = total(middle, weights).score
        for row in rank(scores):
            places[row.item].append(row.place)
    assert bands_without_each(sheets, list(weights.values())) == [
        Band(min(had), max(had)) for had in places
    ]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_weights_that_weigh_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError):
        corners_of(weights)
