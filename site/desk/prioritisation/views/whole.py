# SPDX-License-Identifier: EUPL-1.2
"""The whole of a round on one page: areas, initiatives, stages, money, what hangs on what.

R68, R69: for those who prepare the decision and those who take it, on the screen and on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from casework.initiatives.basis import YEARS
from casework.initiatives.selectors import plans_of
from casework.organisation.models import ServiceArea
from casework.planning.enums import FrameKind
from casework.process.enums import stage_words
from casework.register.enums import LinkKind
from casework.register.models import CaseLink
from casework.register.selectors import dependencies_of
from desk.prioritisation.views.basis import BasisView
from desk.prioritisation.views.columns import Compared

NODE_WIDTH, NODE_HEIGHT, GAP_X, GAP_Y, TOP = 176, 40, 72, 16, 34
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
    """An initiative in the picture."""

    row: Compared
    x: int
    y: int
    head: str = ""

    @property
    def key(self) -> int:
        """Which it is."""
        return self.row.candidacy.pk

    @property
    def middle(self) -> int:
        """Where lines meet it."""
        return self.y + NODE_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A line in the picture, from what needs to what is needed."""

    kind: str
    words: str
    source: Node
    target: Node

    @property
    def path(self) -> str:
        """From side to side, bent between columns."""
        leftwards = self.target.x < self.source.x
        start = self.source.x + (0 if leftwards else NODE_WIDTH)
        same = self.target.x == self.source.x
        end = self.target.x + (NODE_WIDTH if leftwards or same else 0)
        bend = GAP_X // 2 * (-1 if leftwards else 1)
        other = bend if same else -bend
        return (
            f"M{start} {self.source.middle}C{start + bend} {self.source.middle} "
            f"{end + other} {self.target.middle} {end} {self.target.middle}"
        )


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
        nodes = _nodes([row for row in told.values() if row.case and row.case.pk in ends])
        areas = self.areas(by_area, told)
        return super().get_context_data(
            areas=areas,
            hidden=self.hidden(),
            stages=[(code, stage_words(code)) for code in stages],
            stage=stage,
            total=[sum(tkr) for tkr in zip(*(area.years for area in areas), strict=True)],
            years=range(1, YEARS + 1),
            nodes=nodes.values(),
            edges=[
                Edge(
                    link.kind,
                    str(LinkKind(link.kind).label),
                    nodes[link.case_id],
                    nodes[link.target_id or 0],
                )
                for link in links
            ],
            width=max(len({node.x for node in nodes.values()}) * (NODE_WIDTH + GAP_X), 1),
            height=max((node.y for node in nodes.values()), default=0) + NODE_HEIGHT + GAP_Y,
            node_width=NODE_WIDTH,
            node_height=NODE_HEIGHT,
            **kwargs,
        )

    def standing(self) -> list[Standing]:
        """All that the person sees, by place on its area's list, as little of each as sums need."""
        rows = self.visible().order_by().prefetch_related(None).select_related(None)
        columns = ("pk", "initiative", "initiative__service_area", "stage", "initiative__case")
        found = [Standing(*row) for row in rows.values_list(*columns)]
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
            known = [plans[row.initiative] for row in rows if row.initiative in plans]
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


def _nodes(rows: Iterable[Compared]) -> dict[int, Node]:
    """Where each linked initiative stands in the picture, by its case; a column for each area."""
    nodes: dict[int, Node] = {}
    columns: dict[str, list[int]] = {}
    for row in rows:
        name = str(row.candidacy.initiative.service_area or "–")
        below = columns.setdefault(name, [])
        assert row.case is not None  # whoever stands in a round has a number
        nodes[row.case.pk] = Node(
            row,
            list(columns).index(name) * (NODE_WIDTH + GAP_X),
            TOP + len(below) * (NODE_HEIGHT + GAP_Y),
            "" if below else name,
        )
        below.append(row.case.pk)
    return nodes
