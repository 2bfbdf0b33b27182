# SPDX-License-Identifier: EUPL-1.2
"""The whole of a round on one page: areas, initiatives, stages, money, what hangs on what.

R68, R69: for those who prepare the decision and those who take it, on the screen and on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from casework.initiatives.basis import YEARS
from casework.initiatives.models import CostLine
from casework.organisation.models import ServiceArea
from casework.planning.enums import FrameKind
from casework.prioritisation.selectors import area_places
from casework.process.enums import stage_words
from casework.process.models import Candidacy
from casework.register.enums import LinkKind
from casework.register.selectors import dependencies_of
from desk.prioritisation.views.basis import BasisView
from desk.prioritisation.views.columns import Compared

NODE_WIDTH, NODE_HEIGHT, GAP_X, GAP_Y, TOP = 176, 40, 72, 16, 34
FIRST, LINKS = 25, 200
"""So many initiatives of an area, and links, are shown; the table has them all."""
UNPLACED = 10**6


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
        seen = self.visible().order_by()
        stages = sorted(seen.values_list("stage", flat=True).distinct(), key=stage_words)
        if stage in stages:
            seen = seen.filter(stage=stage)
        areas, edges = self.areas(seen), self.edges(seen)
        columns = len({node.x for edge in edges for node in (edge.source, edge.target)})
        lowest = max((node.y for edge in edges for node in (edge.source, edge.target)), default=0)
        return super().get_context_data(
            areas=areas,
            hidden=self.hidden(),
            stages=[(code, stage_words(code)) for code in stages],
            stage=stage,
            total=[sum(tkr) for tkr in zip(*(area.years for area in areas), strict=True)],
            years=range(1, YEARS + 1),
            nodes={
                node.key: node for edge in edges for node in (edge.source, edge.target)
            }.values(),
            edges=edges,
            width=max(columns * (NODE_WIDTH + GAP_X), 1),
            height=lowest + NODE_HEIGHT + GAP_Y,
            node_width=NODE_WIDTH,
            node_height=NODE_HEIGHT,
            **kwargs,
        )

    def areas(self, seen: QuerySet[Candidacy]) -> list[Area]:
        """The round's areas in their order, with what stands first in each; others last."""
        sums = {
            row["initiative__service_area"]: row
            for row in seen.values("initiative__service_area").annotate(
                n=Count("pk"), **{f"y{year}": _sum(year) for year in range(1, YEARS + 2)}
            )
        }
        planned = set(
            CostLine.objects.filter(initiative__in=seen.values("initiative"))
            .values_list("initiative", flat=True)
            .distinct()
        )
        frames = {
            frame.service_area_id: frame.tkr
            for frame in self.round.frames.filter(kind=FrameKind.TOTAL, year=1)
        }
        places = area_places(self.round)
        light = seen.values_list("pk", "initiative", "initiative__service_area")
        by_area: dict[int | None, list[tuple[int, int]]] = {}
        for pk, initiative, area in light:
            by_area.setdefault(area, []).append((pk, initiative))
        for rows in by_area.values():
            rows.sort(key=lambda row: (places.get(row[0], UNPLACED), row[0]))
        first = [pk for rows in by_area.values() for pk, _initiative in rows[:FIRST]]
        told = {row.candidacy.pk: row for row in self.compared(self.visible().filter(pk__in=first))}
        parts = list(self.round.areas.select_related("service_area"))
        order = [part.service_area for part in parts]
        rest = set(by_area) - {area.pk for area in order}
        return [
            Area(
                area=area,
                rows=[told[pk] for pk, _i in by_area.get(key, [])[:FIRST] if pk in told],
                count=len(by_area.get(key, [])),
                without=sum(i not in planned for _pk, i in by_area.get(key, [])),
                years=[sums.get(key, {}).get(f"y{year}") or 0 for year in range(1, YEARS + 2)],
                frame=frames.get(key),
            )
            for key, area in [(area.pk, area) for area in order] + [(key, None) for key in rest]
        ]

    def edges(self, seen: QuerySet[Candidacy]) -> list[Edge]:
        """The links between what stands in the round, each with its two ends in the picture."""
        cases = set(seen.values_list("initiative__case", flat=True))
        links = [
            link
            for rows in dependencies_of(self.user, cases).values()
            for link in rows
            if link.target_id in cases
        ][:LINKS]
        ends = {pk for link in links for pk in (link.case_id, link.target_id)}
        rows = self.compared(self.visible().filter(initiative__case__in=ends)) if ends else []
        nodes: dict[int, Node] = {}
        columns: dict[str, list[int]] = {}
        for row in rows:
            area = row.candidacy.initiative.service_area
            below = columns.setdefault(str(area or "–"), [])
            assert row.case is not None  # whoever stands in a round has a number
            nodes[row.case.pk] = Node(
                row,
                list(columns).index(str(area or "–")) * (NODE_WIDTH + GAP_X),
                TOP + len(below) * (NODE_HEIGHT + GAP_Y),
                str(area or "–") if not below else "",
            )
            below.append(row.case.pk)
        return [
            Edge(
                link.kind,
                str(LinkKind(link.kind).label),
                nodes[link.case_id],
                nodes[link.target_id],
            )
            for link in links
            if link.case_id in nodes and link.target_id in nodes
        ]


def _sum(year: int) -> Any:
    """What is asked for in a year of the cost plans together."""
    asked = (
        F("initiative__cost_lines__one_off_tkr")
        + F("initiative__cost_lines__running_tkr")
        - F("initiative__cost_lines__own_tkr")
        - F("initiative__cost_lines__external_tkr")
    )
    return Sum(asked, filter=Q(initiative__cost_lines__year=year))
