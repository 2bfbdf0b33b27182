# SPDX-License-Identifier: EUPL-1.2
"""Scores, spreads and bands in the words and pictures that the pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casework.assessment.selectors import Sureness
from casework.methods.robust import Band, Relation
from casework.methods.scores import HIGHEST, LOWEST
from casework.planning.models import Criterion

ABSTAIN = "avstar"
"""What a field says of a member who cannot judge."""

STEPS = range(LOWEST, HIGHEST + 1)


def words_of_steps(criterion: Criterion) -> list[tuple[int, str]]:
    """Every step of a criterion's scale with its words, where it has any."""
    words = {step.points: step.words for step in criterion.steps.all()}
    return [(points, f"{points} {words[points]}" if points in words else str(points))
            for points in STEPS]  # fmt: skip


class Scale:
    """The choices of one criterion, written once for each value however many fields show them.

    A page of a whole area has hundreds of these fields.
    """

    def __init__(self, criterion: Criterion, *, abstain: bool = True, none: str = "") -> None:
        self.criterion = criterion
        self.steps = words_of_steps(criterion)
        choices = [("", none or _("Välj")), *((str(points), words) for points, words in self.steps)]
        if abstain:
            choices.append((ABSTAIN, _("Avstår: kan inte bedöma")))
        self._choices = choices
        self._written: dict[str, SafeString] = {}

    def choices(self, value: str) -> SafeString:
        """The options of a field that has this value."""
        if value not in self._written:
            self._written[value] = format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                (
                    (code, SafeString(" selected") if code == value else "", words)
                    for code, words in self._choices
                ),
            )
        return self._written[value]


def points_text(points: int | None) -> str:
    """A member's score: "3", "avstår"."""
    return _("avstår") if points is None else str(points)


def band_text(band: Band) -> str:
    """Between which places: "2–5", "3"."""
    return str(band.best) if band.best == band.worst else f"{band.best}–{band.worst}"


@dataclass(frozen=True, slots=True)
class Sure:
    """One initiative's row of how sure an order is: bands, and what holds of it and the others.

    Attributes:
        index: its row in the sureness.
        place: by the common scores.
        counts: how many others it is surely before, mostly before, and so on (RELATIONS).
        depends: the rows that stand before or after it as the weights are chosen.
    """

    index: int
    place: int
    weights: Band
    members: Band
    counts: tuple[int, ...]
    depends: tuple[int, ...]


RELATIONS = (
    Relation.SURELY_BEFORE, Relation.MOSTLY_BEFORE, Relation.DEPENDS, Relation.MOSTLY_AFTER,
    Relation.SURELY_AFTER,
)  # fmt: skip


def sure_rows(sure: Sureness, places: Mapping[int, int], shown: Sequence[int]) -> list[Sure]:
    """The rows of some initiatives.

    Args:
        places: by candidacy, by the common scores.
        shown: the indexes of those to tell of.
    """
    everybody = range(len(sure.candidacies))
    rows = []
    for one in shown:
        found = {other: sure.weights.relation(one, other) for other in everybody if other != one}
        said = list(found.values())
        rows.append(
            Sure(
                index=one,
                place=places.get(sure.candidacies[one], len(sure.candidacies)),
                weights=sure.weights.bands[one],
                members=sure.members[one],
                counts=tuple(said.count(relation) for relation in RELATIONS),
                depends=tuple(other for other, is_ in found.items() if is_ is Relation.DEPENDS),
            )
        )
    return rows


ROW, LEFT, TOP, ROOM = 28, 150, 30, 480
"""The picture's measures: a row's height, the names' width, the scale's height, the bands' room."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One initiative in the picture of bands."""

    name: str
    y: int
    x: int
    width: int
    line_x: int
    line_width: int
    dot: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The bands of places as the server draws them."""

    bars: list[Bar]
    ticks: list[tuple[int, int]]
    width: int
    height: int


def picture_of(rows: Sequence[Sure], names: Mapping[int, str], size: int) -> Picture:
    """A row for each initiative, from its best to its worst place.

    Args:
        names: what stands to the left, by index.
        size: how many places there are.
    """

    def at(place: int) -> int:
        return LEFT + 12 + (place - 1) * ROOM // max(size - 1, 1)

    bars = [
        Bar(
            name=names[row.index],
            y=TOP + number * ROW,
            x=at(row.weights.best) - 8,
            width=at(row.weights.worst) - at(row.weights.best) + 16,
            line_x=at(row.members.best) - 5,
            line_width=at(row.members.worst) - at(row.members.best) + 10,
            dot=at(row.place),
        )
        for number, row in enumerate(rows)
    ]
    step = max(1, -(-size // 12))
    ticks = [(place, at(place)) for place in range(1, size + 1, step)]
    return Picture(bars, ticks, LEFT + ROOM + 32, TOP + len(rows) * ROW + 8)
