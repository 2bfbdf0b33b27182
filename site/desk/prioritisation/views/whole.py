# SPDX-License-Identifier: EUPL-1.2
"""The whole of a round on one page: areas, initiatives, stages, money, what hangs on what.

R68, R69: for those who prepare the decision and those who take it, on the screen and on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from casework.initiatives.basis import YEARS
from casework.organisation.models import ServiceArea
from casework.planning.enums import FrameKind
from casework.process.enums import stage_words
from casework.register.enums import LinkKind
from desk.prioritisation.views.basis import BasisView, Compared

NODE_WIDTH, NODE_HEIGHT, GAP_X, GAP_Y, TOP = 176, 40, 72, 16, 34


@dataclass(slots=True)
class Area:
    """An area with its initiatives and what they ask for."""

    area: ServiceArea | None
    rows: list[Compared]
    frame: int | None

    def asked(self, year: int) -> int:
        """What its initiatives ask for in a year together, in thousands of kronor."""
        return sum(row.asked(year) or 0 for row in self.rows)

    @property
    def years(self) -> list[int]:
        """What they ask for in each year, and each year after those."""
        return [self.asked(year) for year in range(1, YEARS + 2)]

    @property
    def without(self) -> int:
        """How many say nothing of their costs."""
        return sum(row.basis.plan is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Node:
    """An initiative in the picture."""

    row: Compared
    x: int
    y: int

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
        rows, hidden = self.compared()
        stage = self.request.GET.get("lage", "")
        stages = sorted({row.candidacy.stage for row in rows}, key=stage_words)
        if stage in stages:
            rows = [row for row in rows if row.candidacy.stage == stage]
        areas = self.areas(rows)
        nodes = self.nodes(areas)
        edges = self.edges(nodes)
        linked = {edge.source.row.candidacy.pk for edge in edges}
        linked |= {edge.target.row.candidacy.pk for edge in edges}
        columns = len(areas)
        tallest = max((len(area.rows) for area in areas), default=0)
        return super().get_context_data(
            areas=areas,
            hidden=hidden,
            stages=[(code, stage_words(code)) for code in stages],
            stage=stage,
            total=[sum(area.asked(year) for area in areas) for year in range(1, YEARS + 2)],
            years=range(1, YEARS + 1),
            nodes=nodes.values(),
            edges=edges,
            linked=linked,
            heads=[(number * (NODE_WIDTH + GAP_X), area) for number, area in enumerate(areas)],
            width=max(columns * (NODE_WIDTH + GAP_X), 1),
            height=TOP + tallest * (NODE_HEIGHT + GAP_Y),
            node_width=NODE_WIDTH,
            node_height=NODE_HEIGHT,
            **kwargs,
        )

    def areas(self, rows: list[Compared]) -> list[Area]:
        """The round's areas in their order, each with what stands in it; others last."""
        parts = list(self.round.areas.select_related("service_area"))
        frames = {
            frame.service_area_id: frame.tkr
            for frame in self.round.frames.filter(kind=FrameKind.TOTAL, year=1)
        }
        by_area: dict[int | None, list[Compared]] = {}
        for row in rows:
            by_area.setdefault(row.candidacy.initiative.service_area_id, []).append(row)
        found = [
            Area(
                part.service_area,
                sorted(
                    by_area.pop(part.service_area_id, []),
                    key=lambda row: (row.place is None, row.place or 0),
                ),
                frames.get(part.service_area_id),
            )
            for part in parts
        ]
        rest = [row for others in by_area.values() for row in others]
        return found + ([Area(None, rest, None)] if rest else [])

    def nodes(self, areas: list[Area]) -> dict[int, Node]:
        """Where each initiative stands in the picture, by its case."""
        return {
            row.case.pk: Node(
                row, column * (NODE_WIDTH + GAP_X), TOP + line * (NODE_HEIGHT + GAP_Y)
            )
            for column, area in enumerate(areas)
            for line, row in enumerate(area.rows)
            if row.case is not None
        }

    def edges(self, nodes: dict[int, Node]) -> list[Edge]:
        """The links between what stands in the round."""
        return [
            Edge(link.kind, str(LinkKind(link.kind).label), node, nodes[link.target_id])
            for node in nodes.values()
            for link in node.row.links
            if link.target_id in nodes
        ]
