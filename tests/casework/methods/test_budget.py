# SPDX-License-Identifier: EUPL-1.2
"""The budget line: never over a frame, best is best, each excluded row says why (R37)."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.methods.budget import (
    CannotHold,
    Line,
    Outside,
    Partial,
    Why,
    Wish,
    best,
    fill,
    strict,
)

Wishes = list[Wish[int]]
Frames = dict[str, int]


@st.composite
def budgets(draw: st.DrawFn) -> tuple[Wishes, Frames]:
    """Up to seven wishes with requirements, exclusions and must-haves, and up to three frames."""
    size = draw(st.integers(0, 7))
    frames = draw(st.dictionaries(st.sampled_from(["2028", "2029", "drift"]), st.integers(0, 20)))
    others = st.frozensets(st.integers(0, max(size - 1, 0)), max_size=2)
    costs = st.fixed_dictionaries({name: st.integers(0, 9) for name in frames})
    rare = st.integers(0, 5).map(lambda n: n == 0)
    return [
        Wish(
            item=item,
            value=draw(st.fractions(0, 5, max_denominator=4)),
            costs=draw(costs),
            requires=draw(others) - {item} if draw(rare) else frozenset(),
            excludes=draw(others) - {item} if draw(rare) else frozenset(),
            must=draw(rare),
        )
        for item in range(size)
    ], frames


def holds(chosen: set[int], wishes: Wishes, frames: Frames) -> bool:
    """Whether a selection breaks no rule."""
    inside = [wish for wish in wishes if wish.item in chosen]
    return (
        all(wish.item in chosen for wish in wishes if wish.must)
        and all(wish.requires <= chosen and not wish.excludes & chosen for wish in inside)
        and all(sum(w.costs.get(name, 0) for w in inside) <= tkr for name, tkr in frames.items())
    )


@given(budgets())
@settings(max_examples=50)
def test_the_best_line_is_worth_as_much_as_any_selection_that_holds(
    budget: tuple[Wishes, Frames],
) -> None:
    wishes, frames = budget
    value = {wish.item: Fraction(wish.value) for wish in wishes}
    every = chain.from_iterable(combinations(value, size) for size in range(len(value) + 1))
    worth = [
        sum((value[i] for i in c), Fraction(0)) for c in every if holds(set(c), wishes, frames)
    ]
    if not worth:
        with pytest.raises(CannotHold):
            best(wishes, frames)
        return
    found = best(wishes, frames)
    assert found.line.value == max(worth)
    assert found.is_proven
    assert found.gap == 0


@given(budgets())
@settings(max_examples=50)
def test_no_line_exceeds_a_frame_and_each_row_outside_says_why(
    budget: tuple[Wishes, Frames],
) -> None:
    wishes, frames = budget
    try:
        lines: list[Line[int]] = [
            strict(wishes, frames)[0],
            fill(wishes, frames),
            best(wishes, frames).line,
        ]
    except CannotHold:
        return
    for line in lines:
        inside = set(line.inside)
        assert holds(inside, wishes, frames)
        assert set(line.outside) == {wish.item for wish in wishes} - inside
        for why in line.outside.values():
            assert (why.frame in frames) == (why.why in {Why.FRAME, Why.STOPPED})
            assert (why.other is not None) == (why.why == Why.EXCLUDED)
    assert set(lines[0].inside) <= {wish.item for wish in wishes}
    assert lines[2].value >= max(lines[0].value, lines[1].value)


def wish(item: str, cost: int, **more: object) -> Wish[str]:
    return Wish(item, 1, {"2028": cost}, **more)  # type: ignore[arg-type]


def test_the_strict_line_stops_where_the_filling_one_goes_on() -> None:
    wishes = [wish("a", 6), wish("b", 7), wish("c", 4), wish("d", 1)]
    line, partial = strict(wishes, {"2028": 10})
    assert line.inside == ("a",)
    assert line.outside["b"] == Outside(Why.FRAME, "2028", lacking=3)
    assert line.outside["c"] == Outside(Why.STOPPED, "2028")
    assert partial == Partial("b", "2028", tkr_left=4)
    filled = fill(wishes, {"2028": 10})
    assert filled.inside == ("a", "c")
    assert filled.outside["d"] == Outside(Why.FRAME, "2028", lacking=1)


def test_nothing_is_offered_where_nothing_is_left_or_everything_fits() -> None:
    assert strict([wish("a", 10), wish("b", 1)], {"2028": 10})[1] is None
    assert strict([wish("a", 1)], {"2028": 10})[1] is None


def test_what_requires_another_brings_it_along() -> None:
    wishes = [wish("a", 4, requires=frozenset({"d"})), wish("b", 3), wish("c", 1), wish("d", 3)]
    assert strict(wishes, {"2028": 10})[0].inside == ("a", "b", "d")
    assert fill(wishes, {"2028": 6}).inside == ("b", "c")


def test_what_excludes_something_inside_is_passed_over_without_stopping_the_line() -> None:
    wishes = [wish("a", 1), wish("b", 1, excludes=frozenset({"a"})), wish("c", 1)]
    line, partial = strict(wishes, {"2028": 10})
    assert line.inside == ("a", "c")
    assert line.outside["b"] == Outside(Why.EXCLUDED, other="a")
    assert partial is None


def test_what_must_be_done_is_taken_first() -> None:
    wishes = [wish("a", 6), wish("b", 6, must=True)]
    assert strict(wishes, {"2028": 10})[0].inside == ("b",)


def test_what_must_be_done_and_cannot_names_the_frame_or_the_pair() -> None:
    with pytest.raises(CannotHold) as too_dear:
        fill([wish("a", 11, must=True)], {"2028": 10})
    assert too_dear.value.frame == "2028"
    both = [wish("a", 1, must=True, excludes=frozenset({"b"})), wish("b", 1, must=True)]
    with pytest.raises(CannotHold) as clash:
        best(both, {"2028": 10})
    assert set(clash.value.items) == {"a", "b"}


def test_more_than_are_proven_are_told_with_a_gap() -> None:
    wishes = [
        Wish(n, 100 + n * 37 % 91, {"2028": 50 + n * 53 % 97, "2029": 50 + n * 71 % 89})
        for n in range(400)
    ]
    found = best(wishes, {"2028": 9000, "2029": 9000})
    assert 0 <= found.gap <= Fraction(1, 100)
    assert found == best(wishes, {"2028": 9000, "2029": 9000})


@pytest.mark.parametrize(
    "wishes",
    [
        [wish("a", -1)],
        [Wish("a", -1, {})],
        [wish("a", 1), wish("a", 1)],
        [Wish("a", 1, {"2031": 1})],
        [wish("a", 1, requires=frozenset({"z"}))],
    ],
)
def test_a_list_that_makes_no_sense_is_refused(wishes: list[Wish[str]]) -> None:
    with pytest.raises(ValueError):
        fill(wishes, {"2028": 10})
