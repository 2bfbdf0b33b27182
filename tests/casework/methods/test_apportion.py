# SPDX-License-Identifier: EUPL-1.2
"""Uddatalsmetoden: order kept, shares kept, nothing above moves, each place explained (R34)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from apportionment import methods as oracle
from hypothesis import given
from hypothesis import strategies as st

from casework.methods.apportion import ADJUSTED, PLAIN, Placed, divisor, merge

AREAS = ["ped", "soc", "tek", "adm", "it"]

Lists = dict[str, list[str]]


def lists_of(sizes: dict[str, int]) -> Lists:
    return {area: [f"{area}-{nth}" for nth in range(1, size + 1)] for area, size in sizes.items()}


sizes = st.fixed_dictionaries({area: st.integers(0, 12) for area in AREAS})
shares = st.fixed_dictionaries({area: st.integers(1, 60) for area in AREAS})
first_divisors = st.sampled_from([PLAIN, ADJUSTED])


@given(sizes, shares, first_divisors)
def test_every_lists_order_is_kept_and_nothing_is_lost(
    sizes: dict[str, int], shares: dict[str, int], first: Fraction
) -> None:
    lists = lists_of(sizes)
    placed = merge(lists, shares, AREAS, first=first)
    for area, items in lists.items():
        assert [row.item for row in placed if row.area == area] == items
    assert [row.place for row in placed] == list(range(1, len(placed) + 1))


@given(sizes, shares, first_divisors, st.data())
def test_taking_one_away_never_moves_those_above_it(
    sizes: dict[str, int], shares: dict[str, int], first: Fraction, data: st.DataObject
) -> None:
    lists = lists_of(sizes)
    placed = merge(lists, shares, AREAS, first=first)
    if not placed:
        return
    gone = data.draw(st.sampled_from(placed))
    without = {area: [i for i in items if i != gone.item] for area, items in lists.items()}
    again = merge(without, shares, AREAS, first=first)
    above = [row.item for row in placed[: gone.place - 1]]
    assert [row.item for row in again[: gone.place - 1]] == above


def farthest(placed: list[Placed[str, str]], shares: dict[str, int]) -> Fraction:
    """The most places that an area is off its exact share after any place."""
    whole = sum(shares.values())
    got = dict.fromkeys(shares, 0)
    worst = Fraction(0)
    for row in placed:
        got[row.area] += 1
        off = [abs(Fraction(row.place * shares[area], whole) - got[area]) for area in shares]
        worst = max(worst, *off)
    return worst


@given(st.integers(1, 9), st.integers(1, 40), first_divisors)
def test_with_equal_shares_no_area_is_a_whole_place_off(
    areas: int, places: int, first: Fraction
) -> None:
    names = [f"a{number}" for number in range(areas)]
    equal = dict.fromkeys(names, 3)
    lists = lists_of(dict.fromkeys(names, places))
    assert farthest(merge(lists, equal, names, first=first)[:places], equal) < 1


@given(shares, st.integers(1, 120))
def test_with_any_shares_an_area_is_at_most_half_the_others_off(
    shares: dict[str, int], places: int
) -> None:
    lists = lists_of(dict.fromkeys(AREAS, places))
    assert farthest(merge(lists, shares, AREAS)[:places], shares) <= Fraction(len(AREAS) - 1, 2)


def test_with_shares_that_differ_fourfold_an_area_is_at_most_eight_sevenths_off() -> None:
    """All shares from 1 to 4 of five areas, over a whole period of each."""
    worst = Fraction(0)
    for numbers in product(range(1, 5), repeat=4):
        shares = dict(zip(AREAS, (1, *numbers), strict=True))
        lists = lists_of({area: 2 * share for area, share in shares.items()})
        worst = max(worst, farthest(merge(lists, shares, AREAS)[: sum(numbers) + 1], shares))
    assert worst == Fraction(8, 7)


@given(shares, st.integers(1, 30))
def test_the_areas_places_are_those_of_the_apportionment_package(
    shares: dict[str, int], places: int
) -> None:
    lists = lists_of(dict.fromkeys(AREAS, places))
    placed = merge(lists, shares, AREAS)
    at_line = placed[places - 1]
    if at_line.by_fixed_order:
        return  # whom an equal number goes to is ours to say: the test below
    got = [sum(row.area == area for row in placed[:places]) for area in AREAS]
    assert got == oracle.compute(
        "saintelague", [shares[area] for area in AREAS], places, tiesallowed=False
    )


def test_equal_numbers_go_by_the_areas_fixed_order() -> None:
    placed = merge(lists_of({"b": 1, "a": 1}), {"a": 1, "b": 1}, ["b", "a"])
    assert [row.item for row in placed] == ["b-1", "a-1"]
    assert placed[0].by_fixed_order


@given(sizes, shares, first_divisors)
def test_each_place_tells_a_number_that_no_other_area_exceeds(
    sizes: dict[str, int], shares: dict[str, int], first: Fraction
) -> None:
    lists = lists_of(sizes)
    got = dict.fromkeys(AREAS, 0)
    for row in merge(lists, shares, AREAS, first=first):
        numbers = {
            area: Fraction(shares[area]) / divisor(got[area] + 1, first)
            for area in AREAS
            if got[area] < len(lists[area])
        }
        assert row.quotient == numbers.pop(row.area) == max([row.quotient, *numbers.values()])
        got[row.area] += 1
        assert row.nth == got[row.area]
        if numbers:
            assert row.rival is not None
            assert row.rival_quotient == numbers[row.rival] == max(numbers.values())
        else:
            assert row.rival is None


def test_the_adjusted_form_makes_a_first_place_harder_to_get() -> None:
    lists = lists_of({"big": 3, "small": 1})
    by_share = {"big": 27, "small": 10}
    plain = [row.area for row in merge(lists, by_share, ["big", "small"])]
    adjusted = [row.area for row in merge(lists, by_share, ["big", "small"], first=ADJUSTED)]
    assert plain[:2] == ["big", "small"]
    assert adjusted[:2] == ["big", "big"]


@pytest.mark.parametrize(
    ("lists", "by_share", "order", "first"),
    [
        ({"a": ["x"]}, {"a": 0}, ["a"], PLAIN),
        ({"a": ["x"]}, {}, ["a"], PLAIN),
        ({"a": ["x"]}, {"a": 1}, [], PLAIN),
        ({"a": ["x"]}, {"a": 1}, ["a", "a"], PLAIN),
        ({"a": ["x"], "b": ["x"]}, {"a": 1, "b": 1}, ["a", "b"], PLAIN),
        ({"a": ["x"]}, {"a": 1}, ["a"], Fraction(3)),
    ],
)
def test_what_makes_no_sense_is_refused(
    lists: Lists, by_share: dict[str, int], order: list[str], first: Fraction
) -> None:
    with pytest.raises(ValueError):
        merge(lists, by_share, order, first=first)
