# SPDX-License-Identifier: EUPL-1.2
"""Where boxes and lines stand in the picture of what hangs on what.

A line that passes through a box says that it hangs on that box too. So boxes stand in columns and
rows with gutters between them, and lines keep to the gutters, each on a track of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

Place = tuple[int, int]
"""A column and a row."""
Point = tuple[float, float]
Link = tuple[int, int]
"""The boxes that a line goes between, from what needs to what is needed."""

HEIGHT, HEAD = 58, 38
"""A box holds a number and two lines of a title; a head two lines of an area's name."""
WIDEST, NARROWEST = 200, 132
PAD, TRACK, ROUND = 13, 7, 5
ROW_GAP, EDGE = 20, 3
ABOVE = 11
"""So far above a row a picture may be cut: an arrow's head has room, and no track lies there."""
FITS = 896
"""What is in sight on a desk of 1280 pixels beside the menu."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A line as the corners that it passes, and its way with the corners rounded."""

    points: list[Point]

    @property
    def path(self) -> str:
        """What an SVG path is drawn by."""
        first, *rest = self.points
        parts = [f"M{first[0]:g} {first[1]:g}"]
        for before, here, after in zip(self.points, rest, rest[1:], strict=False):
            into, out = _towards(here, before), _towards(here, after)
            parts.append(f"L{into[0]:g} {into[1]:g}Q{here[0]:g} {here[1]:g} {out[0]:g} {out[1]:g}")
        return "".join([*parts, f"L{rest[-1][0]:g} {rest[-1][1]:g}"])


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: the corner of each box, the lines in the order that they were asked for.

    Attributes:
        columns: where each column's boxes begin.
        rows: where each row's boxes begin.
    """

    boxes: dict[int, Point]
    wires: list[Wire]
    columns: list[float]
    rows: list[float]
    box_width: int
    width: float
    height: float


@dataclass(slots=True)
class _Way:
    """How a line goes: by which gutter it leaves, which row gap it follows, where it comes in."""

    ends: Link
    sides: tuple[str, str]
    gutters: list[int]
    gap: int | None = None
    tracks: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a picture that is printed by itself, under the heads: from where, and how much."""

    number: int
    top: float
    height: float

    @property
    def bottom(self) -> float:
        """Where the next begins."""
        return self.top + self.height

    @property
    def whole(self) -> float:
        """How high it is with the heads."""
        return HEAD + self.height


def sheets_of(picture: Picture, most: float) -> list[Sheet]:
    """Cut a picture into sheets that hold so much beside the heads, between rows of boxes.

    A cut lies under the last track of its gap, and above the heads of arrows that go straight down.
    A row that is alone higher than a sheet gets one.
    """
    cuts = [*(row - ABOVE for row in picture.rows[1:]), picture.height]
    found: list[Sheet] = []
    top: float = HEAD
    for last, end in pairwise(cuts):
        if end - top > most - HEAD:
            found.append(Sheet(len(found) + 1, top, last - top))
            top = last
    return [*found, Sheet(len(found) + 1, top, picture.height - top)]


def lay_out(places: Mapping[int, Place], links: Iterable[Link]) -> Picture:
    """Place boxes and lead lines between them, so that no line meets a box that is not its end."""
    columns = 1 + max((column for column, _row in places.values()), default=-1)
    rows = 1 + max((row for _column, row in places.values()), default=-1)
    ways = [_way(places, ends) for ends in links]
    gutter_tracks = _gutter_tracks(ways, places, columns)
    gap_tracks = _gap_tracks(ways, rows)
    gutters, gaps = _rooms(gutter_tracks, 2 * PAD), _rooms(gap_tracks, ROW_GAP)
    wide = (FITS - sum(gutters)) // max(columns, 1)
    wide = int(min(max(wide, NARROWEST), WIDEST))
    lefts = _starts(0, gutters, wide)
    tops = _starts(HEAD, gaps, HEIGHT)
    boxes = {
        key: (lefts[column] + gutters[column], tops[row] + gaps[row])
        for key, (column, row) in places.items()
    }
    ports = _ports(ways, places, boxes, wide)
    wires = []
    for number, way in enumerate(ways):
        start, end = ports[number, 0], ports[number, 1]
        tracks = zip(way.gutters, way.tracks, strict=False)
        at = [lefts[gutter] + PAD + TRACK * track for gutter, track in tracks]
        if not way.gutters:
            points = [start, end]
        elif way.gap is None:
            points = [start, (at[0], start[1]), (at[0], end[1]), end]
        else:
            y = tops[way.gap] + PAD + TRACK * way.tracks[-1]
            points = [start, (at[0], start[1]), (at[0], y), (at[1], y), (at[1], end[1]), end]
        wires.append(Wire(points))
    inner = zip(lefts[:columns], gutters[:columns], strict=True)
    return Picture(
        boxes=boxes,
        wires=wires,
        columns=[left + gutter for left, gutter in inner],
        rows=[top + gap for top, gap in zip(tops[:rows], gaps[:rows], strict=True)],
        box_width=wide,
        width=lefts[-1] + gutters[-1],
        height=tops[-1] + gaps[-1],
    )


def _way(places: Mapping[int, Place], ends: Link) -> _Way:
    """Straight to the next row, else by gutters, and a row gap where columns lie between."""
    (column, row), (to_column, to_row) = places[ends[0]], places[ends[1]]
    if column == to_column:
        if abs(row - to_row) == 1:
            return _Way(ends, ("bottom", "top") if row < to_row else ("top", "bottom"), [])
        return _Way(ends, ("right", "right"), [column + 1])
    sides = ("right", "left") if column < to_column else ("left", "right")
    gutters = [column + (column < to_column), to_column + (column > to_column)]
    if gutters[0] == gutters[1]:
        return _Way(ends, sides, gutters[:1])
    return _Way(ends, sides, gutters, to_row if to_row > row else to_row + 1)


def _gutter_tracks(ways: list[_Way], places: Mapping[int, Place], columns: int) -> list[int]:
    """Give each way its tracks in the gutters between columns, and count them."""
    spans: list[list[tuple[int, int, _Way]]] = [[] for _gutter in range(columns + 1)]
    for way in ways:
        for gutter, end in zip(way.gutters, way.ends, strict=False):
            # Rows have odd numbers and the gaps between them even ones.
            here = 2 * places[end][1] + 1
            there = 2 * places[way.ends[1]][1] + 1 if way.gap is None else 2 * way.gap
            spans[gutter].append((min(here, there), max(here, there), way))
            way.tracks.append(-1)
    found = []
    for gutter, inside in enumerate(spans):
        chosen, count = _tracks([(low, high) for low, high, _way in inside])
        for (_low, _high, way), track in zip(inside, chosen, strict=True):
            way.tracks[way.gutters.index(gutter)] = track
        found.append(count)
    return found


def _gap_tracks(ways: list[_Way], rows: int) -> list[int]:
    """Give each way that passes columns its track in the gap between two rows, and count them."""
    spans: list[list[_Way]] = [[] for _gap in range(rows + 1)]
    for way in ways:
        if way.gap is not None:
            spans[way.gap].append(way)
    found = []
    for inside in spans:
        chosen, count = _tracks([(min(way.gutters), max(way.gutters)) for way in inside])
        for way, track in zip(inside, chosen, strict=True):
            way.tracks.append(track)
        found.append(count)
    return found


def _tracks(spans: list[tuple[int, int]]) -> tuple[list[int], int]:
    """The first track on which each span meets no other, and how many tracks there are."""
    chosen = [0] * len(spans)
    until: list[int] = []
    for number in sorted(range(len(spans)), key=spans.__getitem__):
        low, high = spans[number]
        track = next((at for at, last in enumerate(until) if last < low), len(until))
        until[track : track + 1] = [high]
        chosen[number] = track
    return chosen, len(until)


def _ports(
    ways: list[_Way],
    places: Mapping[int, Place],
    boxes: Mapping[int, Point],
    wide: int,
) -> dict[tuple[int, int], Point]:
    """Where each line meets its boxes, by its number and end; beside each other, never on top."""
    sides: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for number, way in enumerate(ways):
        for end in (0, 1):
            sides.setdefault((way.ends[end], way.sides[end]), []).append((number, end))
    found = {}
    for (key, side), ends in sides.items():
        x, y = boxes[key]
        # Both ends of a straight line must come at the same place, so those go by their numbers.
        if side in {"left", "right"}:
            ends.sort(key=lambda at: (places[ways[at[0]].ends[1 - at[1]]][1], at[0]))
        for nth, at in enumerate(ends, start=1):
            part = nth / (len(ends) + 1)
            # Two boxes face each other over a gutter: their stubs have each a half of the height.
            half = HEIGHT / 2 - 4
            found[at] = {
                "top": (x + wide * part, y),
                "bottom": (x + wide * part, y + HEIGHT),
                "right": (x + wide, y + 3 + half * part),
                "left": (x, y + HEIGHT / 2 + 1 + half * part),
            }[side]
    return found


def _rooms(tracks: list[int], least: int) -> list[int]:
    """How wide gutters are that hold so many tracks; the outermost only what a stroke needs."""
    empty = [EDGE, *(least for _inner in tracks[1:-1]), EDGE]
    return [
        max(room, 2 * PAD + TRACK * (count - 1)) if count else room
        for room, count in zip(empty, tracks, strict=False)
    ]


def _starts(first: int, gaps: list[int], size: int) -> list[float]:
    """Where each gap begins, with something of a size between each two."""
    found: list[float] = [first]
    for gap in gaps[:-1]:
        found.append(found[-1] + gap + size)
    return found


def _towards(here: Point, there: Point) -> Point:
    """A corner's rounding, as far as half the way allows."""
    across, down = there[0] - here[0], there[1] - here[1]
    length = abs(across) + abs(down)
    part = min(ROUND, length / 2) / length if length else 0
    return round(here[0] + across * part, 1), round(here[1] + down * part, 1)
