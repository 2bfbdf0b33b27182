# SPDX-License-Identifier: EUPL-1.2
"""The whole of a round on one page: areas, initiatives, stages, money, what hangs on what.

R68, R69: for those who prepare the decision and those who take it, on the screen and on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from casework.initiatives.basis import YEARS
from casework.initiatives.selectors import plans_of
from casework.organisation.models import ServiceArea
from casework.planning.enums import FrameKind
from casework.prioritisation.rows import granted_before
from casework.process.enums import stage_words
from casework.register.enums import LinkKind
from casework.register.models import CaseLink
from casework.register.selectors import dependencies_of
from desk.prioritisation.views.basis import BasisView
from desk.prioritisation.views.columns import Compared
from desk.prioritisation.views.picture import HEAD, HEIGHT, Sheet, lay_out, sheets_of

LETTER, INSET, SHEET = 6.1, 8, 720
"""How wide letters are as a rule, what a box keeps free beside them, what a printed sheet holds."""
FIRST, LINKS = 25, 200
"""So many initiatives of an area, and links, are shown; the table has them all."""
UNPLACED = 10**6


class Standing(NamedTuple):
    """An initiative in the round, by keys."""

    pk: int
    initiative: int
    area: int | None
    stage: str
    case: int
    granted_tkr: int


@dataclass(slots=True)
class Area:
    """An area with what stands first in it, and what all of it asks for.

    Attributes:
        rows: the first by place.
        count: how many there are.
        without: how many say nothing of their costs.
        years: what is asked for in each year and each year after those, in thousands of kronor.
    """

    area: ServiceArea | None
    rows: list[Compared]
    count: int
    without: int
    years: list[int]
    frame: int | None

    @property
    def more(self) -> int:
        """How many stand below those that are shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Node:
    """An initiative in the picture, with its title in the lines that its box holds."""

    row: Compared
    x: float
    y: float
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line in the picture, from what needs to what is needed.

    Attributes:
        sheets: on which printed sheets its ends stand.
    """

    kind: str
    words: str
    source: Compared
    target: Compared
    path: str
    sheets: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture of what hangs on what: heads over columns, lines, and boxes that lie on them."""

    heads: list[tuple[float, list[str]]]
    nodes: list[Node]
    edges: list[Edge]
    node_width: int
    node_height: int
    width: float
    height: float
    sheets: list[Sheet]

    @property
    def is_tall(self) -> bool:
        """Whether its words could not be read if all of it stood on one sheet."""
        return len(self.sheets) > 1

    @property
    def head_height(self) -> int:
        """What the heads take on each sheet."""
        return HEAD


class WholeView(BasisView):
    """All areas and all initiatives of the round."""

    template_name = "desk/prioritisation/whole.html"
    header_icon = "view"

    def get_page_title(self) -> str:
        """The round."""
        return _("Helheten: %(round)s") % {"round": self.round}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The areas with their sums, and the picture of what hangs on what."""
        stage = self.request.GET.get("lage", "")
        standing = self.standing()
        stages = sorted({row.stage for row in standing}, key=stage_words)
        if stage in stages:
            standing = [row for row in standing if row.stage == stage]
        linked = dependencies_of(self.user, self.round.candidacies.values("initiative__case"))
        links = _between(linked, {row.case for row in standing})
        ends = {pk for link in links for pk in (link.case_id, link.target_id)}
        by_area: dict[int | None, list[Standing]] = {}
        for row in standing:
            by_area.setdefault(row.area, []).append(row)
        shown = {row.pk for rows in by_area.values() for row in rows[:FIRST]}
        shown |= {row.pk for row in standing if row.case in ends}
        read = self.compared(self.visible().filter(pk__in=shown), linked)
        told = {row.candidacy.pk: row for row in read}
        areas = self.areas(by_area, told)
        first = [area.area.pk for area in areas if area.area]
        order = [*first, *(key for key in by_area if key not in first)]
        return super().get_context_data(
            areas=areas,
            hidden=self.hidden(),
            stages=[(code, stage_words(code)) for code in stages],
            stage=stage,
            total=[sum(tkr) for tkr in zip(*(area.years for area in areas), strict=True)],
            years=range(1, YEARS + 1),
            picture=_drawn(
                [told[row.pk] for key in order for row in by_area.get(key, []) if row.case in ends],
                links,
            ),
            **kwargs,
        )

    def standing(self) -> list[Standing]:
        """All that the person sees, by place on its area's list, as little of each as sums need."""
        rows = self.visible().order_by().prefetch_related(None).select_related(None)
        columns = ("pk", "initiative", "initiative__service_area", "stage", "initiative__case")
        found = [Standing(*row) for row in rows.values_list(*columns, granted_before())]
        return sorted(found, key=lambda row: (self.places.get(row.pk, UNPLACED), row.pk))

    def areas(
        self, by_area: dict[int | None, list[Standing]], told: dict[int, Compared]
    ) -> list[Area]:
        """The round's areas in their order, with what stands first in each; others last."""
        plans = plans_of(self.round.candidacies.values("initiative"))
        frames = {
            frame.service_area_id: frame.tkr
            for frame in self.round.frames.filter(kind=FrameKind.TOTAL, year=1)
        }
        parts = self.round.areas.select_related("service_area")
        order: list[tuple[int | None, ServiceArea | None]] = [
            (part.service_area_id, part.service_area) for part in parts
        ]
        rest = set(by_area) - {key for key, _area in order}
        found = []
        for key, area in [*order, *((key, None) for key in rest)]:
            rows = by_area.get(key, [])
            known = [
                plan.left_after(row.granted_tkr) if row.granted_tkr else plan
                for row in rows
                if (plan := plans.get(row.initiative)) is not None
            ]
            found.append(
                Area(
                    area=area,
                    rows=[told[row.pk] for row in rows[:FIRST] if row.pk in told],
                    count=len(rows),
                    without=len(rows) - len(known),
                    years=[sum(plan.years[year].asked for plan in known) for year in range(YEARS)]
                    + [sum(plan.after for plan in known)],
                    frame=frames.get(key),
                )
            )
        return found


def _between(linked: Mapping[int, list[CaseLink]], cases: set[int]) -> list[CaseLink]:
    """The links between some cases, as many as the picture holds."""
    found = (link for pk, links in linked.items() if pk in cases for link in links)
    return [link for link in found if link.target_id in cases][:LINKS]


def _drawn(rows: Iterable[Compared], links: Iterable[CaseLink]) -> Drawn:
    """The linked initiatives by their cases, a column for each area."""
    by_case: dict[int, Compared] = {}
    places: dict[int, tuple[int, int]] = {}
    columns: dict[str, int] = {}
    for row in rows:
        assert row.case is not None  # whoever stands in a round has a number
        name = str(row.candidacy.initiative.service_area or "–")
        column = list(columns).index(name) if name in columns else len(columns)
        columns[name] = columns.get(name, 0) + 1
        by_case[row.case.pk] = row
        places[row.case.pk] = (column, columns[name] - 1)
    ends = [(link, (link.case_id, link.target_id or 0)) for link in links]
    laid = lay_out(places, [pair for _link, pair in ends])
    sheets = sheets_of(laid, SHEET)
    on = {
        key: next((sheet.number for sheet in sheets if y < sheet.bottom), len(sheets))
        for key, (_x, y) in laid.boxes.items()
    }
    return Drawn(
        heads=[
            (x, _lines(name, laid.box_width))
            for x, name in zip(laid.columns, columns, strict=True)
        ],
        nodes=[
            Node(by_case[key], x, y, _lines(by_case[key].title, laid.box_width - 2 * INSET))
            for key, (x, y) in laid.boxes.items()
        ],
        edges=[
            Edge(
                link.kind, str(LinkKind(link.kind).label), by_case[source], by_case[target],
                wire.path, (on[source], on[target]),
            )
            for (link, (source, target)), wire in zip(ends, laid.wires, strict=True)
        ],
        node_width=laid.box_width,
        node_height=HEIGHT,
        width=laid.width,
        height=laid.height,
        sheets=sheets,
    )  # fmt: skip


def _lines(text: str, width: float) -> list[str]:
    """A text in the two lines that there is room for."""
    return wrap(text, int(width / LETTER), max_lines=2, placeholder=" …") or [""]
