# SPDX-License-Identifier: EUPL-1.2
"""Scores on anchored scales: never stretched over the set, abstaining is not zero (R41)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.methods.scores import by_disagreement, rank, spread, total

WEIGHTS = {"nytta": 3, "kostnad": 1}


def test_who_abstains_is_counted_and_weighs_nothing() -> None:
    said = spread([5, None, 2, None, 4])
    assert (said.points, said.abstained, said.median, said.width) == ((2, 4, 5), 2, 4, 3)
    assert spread([1, 2]).median == Fraction(3, 2)
    assert spread([None]).median is None


def test_a_criterion_without_a_value_leaves_its_weight_out_and_is_told() -> None:
    whole = total({"nytta": 4, "kostnad": None}, WEIGHTS)
    assert whole.score == 4
    assert whole.missing == ("kostnad",)
    assert total({}, WEIGHTS).score is None


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(*[st.integers(0, 5)] * 2), min_size=2),
    st.data(),
)
def test_a_score_is_the_same_whoever_else_is_there(
    values: dict[str, tuple[int, int]], data: st.DataObject
) -> None:
    """The order of two never hangs on a third: nothing is normalised over the set at hand."""

    def scores(items: list[str]) -> dict[str, Fraction | None]:
        return {
            item: total(dict(zip(WEIGHTS, values[item], strict=True)), WEIGHTS).score
            for item in items
        }

    gone = data.draw(st.sampled_from(sorted(values)))
    rest = [item for item in values if item != gone]
    all_of_them = [row.item for row in rank(scores(list(values))) if row.item != gone]
    assert all_of_them == [row.item for row in rank(scores(rest))]


def test_equal_scores_share_a_place_and_what_has_none_comes_last() -> None:
    ranked = rank({"a": None, "b": Fraction(3), "c": Fraction(4), "d": Fraction(3)})
    assert [(row.item, row.place) for row in ranked] == [("c", 1), ("b", 2), ("d", 2), ("a", 4)]


def test_the_strongest_disagreement_is_talked_of_first() -> None:
    told = by_disagreement(
        {
            ("a", "nytta"): spread([3, 3, 3]),
            ("b", "nytta"): spread([1, 4, 4, 4]),
            ("c", "nytta"): spread([1, 1, 4, 4]),
            ("d", "nytta"): spread([0, 5]),
        }
    )
    assert [item for (item, _criterion), _spread in told] == ["d", "c", "b"]


@pytest.mark.parametrize("points", [[6], [-1]])
def test_what_is_no_step_of_the_scale_is_refused(points: list[int]) -> None:
    with pytest.raises(ValueError):
        spread(points)
    with pytest.raises(ValueError):
        total({"nytta": points[0]}, WEIGHTS)
