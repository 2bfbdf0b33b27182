# SPDX-License-Identifier: EUPL-1.2
"""The picture of what hangs on what says only what is so."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations
from random import Random

import pytest

from desk.prioritisation.views.picture import (
    HEAD,
    HEIGHT,
    Link,
    Picture,
    Place,
    Point,
    lay_out,
    sheets_of,
)

CITY = {
    **{key: (0, row) for row, key in enumerate((25, 29, 30, 35, 41))},
    **{key: (1, row) for row, key in enumerate((26, 36, 46, 63, 66))},
    **{key: (2, row) for row, key in enumerate((27, 32, 43, 55, 60, 78))},
    **{key: (3, row) for row, key in enumerate((33, 44, 48))},
    57: (4, 0),
}
HANGS = [(55, 27), (60, 27), (78, 32), (48, 41), (33, 25), (46, 25), (36, 26), (66, 63), (57, 30),
         (44, 43), (35, 29)]  # fmt: skip
SMALL = {number: (number // 3, number % 3) for number in range(9)}


def _chance(seed: int) -> list[Link]:
    return Random(seed).sample(list(permutations(CITY, 2)), 60)


CASES: list[tuple[dict[int, Place], list[Link]]] = [
    (CITY, HANGS),
    (SMALL, list(permutations(SMALL, 2))),
    *((CITY, _chance(seed)) for seed in range(20)),
]


def _passes(one: Point, other: Point, corner: Point, width: float) -> bool:
    """Whether a straight piece has a point inside a box; its edge is no inside."""
    (left, top), across, down = corner, sorted((one[0], other[0])), sorted((one[1], other[1]))
    return (
        across[1] > left and across[0] < left + width and down[1] > top and down[0] < top + HEIGHT
    )


def _pieces(picture: Picture) -> list[tuple[int, Point, Point]]:
    return [
        (number, one, other)
        for number, wire in enumerate(picture.wires)
        for one, other in pairwise(wire.points)
        if one != other
    ]


@pytest.mark.parametrize(("places", "links"), CASES)
def test_8_no_line_of_the_picture_passes_through_a_box(
    places: dict[int, Place], links: list[Link]
) -> None:
    picture = lay_out(places, links)
    assert len(picture.wires) == len(links)
    for number, one, other in _pieces(picture):
        assert one[0] == other[0] or one[1] == other[1]  # so the pieces are all of the line
        for key, corner in picture.boxes.items():
            assert not _passes(one, other, corner, picture.box_width), (links[number], key)


@pytest.mark.parametrize(("places", "links"), CASES)
def test_8_no_two_lines_of_the_picture_lie_on_each_other(
    places: dict[int, Place], links: list[Link]
) -> None:
    for (number, one, other), (second, third, fourth) in combinations(
        _pieces(lay_out(places, links)), 2
    ):
        if number == second:
            continue
        for along, across in ((0, 1), (1, 0)):
            if len({point[across] for point in (one, other, third, fourth)}) == 1:
                here, there = (
                    sorted((one[along], other[along])),
                    sorted((third[along], fourth[along])),
                )
                assert here[1] < there[0] or there[1] < here[0], (links[number], links[second])


def test_8_each_line_of_the_picture_begins_and_ends_at_its_own_boxes() -> None:
    picture = lay_out(CITY, HANGS)
    for wire, ends in zip(picture.wires, HANGS, strict=True):
        for (x, y), key in zip((wire.points[0], wire.points[-1]), ends, strict=True):
            left, top = picture.boxes[key]
            assert x in {left, left + picture.box_width} or y in {top, top + HEIGHT}
            assert left <= x <= left + picture.box_width
            assert top <= y <= top + HEIGHT
        assert wire.path.startswith(f"M{wire.points[0][0]:g} ")
        assert wire.path.endswith(f"L{wire.points[-1][0]:g} {wire.points[-1][1]:g}")


def test_8_five_areas_are_in_sight_at_once_and_all_stands_inside_the_picture() -> None:
    picture = lay_out(CITY, HANGS)
    assert picture.width <= 900
    assert len(picture.columns) == 5
    for x, y in [*picture.boxes.values(), *(at for wire in picture.wires for at in wire.points)]:
        assert 0 <= x <= picture.width
        assert 0 <= y <= picture.height


def test_8_a_picture_of_nothing_is_empty() -> None:
    assert lay_out({}, []).wires == []


TALL = {key: (key % 3, key // 3) for key in range(75)}


@pytest.mark.parametrize("links", [[], Random(8).sample(list(permutations(TALL, 2)), 60)])
def test_8_a_tall_picture_is_cut_into_sheets_between_its_rows(links: list[Link]) -> None:
    picture = lay_out(TALL, links)
    sheets = sheets_of(picture, 720)
    assert len(sheets) > 1
    assert [sheet.number for sheet in sheets] == list(range(1, len(sheets) + 1))
    assert sheets[0].top == HEAD
    assert [sheet.bottom for sheet in sheets] == [
        *(sheet.top for sheet in sheets[1:]), picture.height,
    ]  # fmt: skip
    assert all(sheet.whole <= 720 for sheet in sheets)
    cuts = {sheet.top for sheet in sheets[1:]}
    for _x, y in picture.boxes.values():
        assert not any(y < cut < y + HEIGHT for cut in cuts)
    for _number, one, other in _pieces(picture):  # no line lies along a cut
        assert not (one[1] == other[1] and any(abs(one[1] - cut) < 1 for cut in cuts))


def test_8_a_picture_that_a_sheet_holds_is_one() -> None:
    (sheet,) = sheets_of(lay_out(CITY, HANGS), 720)
    assert (sheet.top, sheet.bottom) == (HEAD, lay_out(CITY, HANGS).height)
    assert len(sheets_of(lay_out({}, []), 720)) == 1
