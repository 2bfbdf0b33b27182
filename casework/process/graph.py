# SPDX-License-Identifier: EUPL-1.2
"""The two machines as pictures, made from their transitions, so that they are never out of step.

The layout is fixed by hand: stages stand in rows in the order of the model. Every transition is
drawn, also those that one machine carries along in the other; withdrawing and deferring, which are
possible from many stages, are told in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.process.enums import ENDED_STANDINGS, FINAL_STAGES, Stage, Standing, stage_words
from casework.process.machine import Machine, edges_of
from casework.process.mandates import MANDATE_WORDS
from casework.process.models import Candidacy, Process
from casework.process.specs import Mandate, TransitionSpec

SHORT_WORDS: dict[Mandate, Promise] = {
    **MANDATE_WORDS,
    Mandate.GROUP: _("Gruppen"),
    Mandate.GROUP_CHAIR: _("Ordföranden"),
    Mandate.COMMITTEE: _("Utskottet"),
    Mandate.EXECUTIVE_OFFICE: _("SLK"),
    Mandate.COUNCIL: _("Rådet"),
    Mandate.CITY_COUNCIL: _("Fullmäktige"),
}
"""For the picture, where there is little room."""

LIFE_PLACES: dict[str, tuple[int, int]] = {
    Stage.DRAFT: (0, 0),
    Stage.WITH_LIAISON: (1, 0),
    Stage.PREPARED: (2, 0),
    Stage.SENT: (3, 0),
    Stage.WITHDRAWN: (0, 1),
    Stage.JOINED: (0, 2),
    Stage.RETURNED: (1, 1),
    Stage.OUT_OF_SCOPE: (2, 1),
    Stage.REGISTERED: (3, 1),
    Stage.REJECTED: (1, 2),
    Stage.IN_ROUND: (2, 2),
    Stage.IN_PREPARATION: (3, 2),
    Stage.DECLINED: (3, 3),
    Stage.APPROVED: (2, 3),
    Stage.IMPLEMENTING: (1, 3),
    Stage.IMPLEMENTED: (0, 3),
}
ROUND_PLACES: dict[str, tuple[int, int]] = {
    Standing.ENTERED: (0, 0),
    Standing.WITH_GROUP: (1, 0),
    Standing.COMPLETION: (2, 0),
    Standing.WITHDRAWN: (0, 1),
    Standing.REJECTED: (2, 1),
    Standing.ADMITTED: (1, 1),
    Standing.DEFERRED: (0, 2),
    Standing.RANKED: (1, 2),
    Standing.WITH_COMMITTEE: (2, 2),
    Standing.COMMITTEE_DONE: (3, 2),
    Standing.IN_PROPOSAL: (1, 3),
    Standing.RECOMMENDED: (2, 3),
    Standing.FUNDED: (1, 4),
    Standing.PARTLY_FUNDED: (2, 4),
    Standing.DECLINED: (3, 4),
}
"""Column and row of each stage."""

WIDTH, HEIGHT, GAP_X, GAP_Y = 190, 52, 104, 66
COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow: a transition from one of its sources; ``spec`` is None for a carried one."""

    name: str
    spec: TransitionSpec | None
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One machine and how it is laid out."""

    key: str
    model: type[Machine]
    title: Promise
    note: Promise
    places: dict[str, tuple[int, int]]
    ends: frozenset[str]
    told_in_words: frozenset[str]

    @property
    def rows(self) -> int:
        """How many rows of stages."""
        return 1 + max(row for _column, row in self.places.values())


PICTURES: tuple[Picture, ...] = (
    Picture(
        "life",
        Process,
        _("Initiativets väg från idé till genomförande"),
        _(
            "Initiativet kan återkallas fram till att områdets rangordning är fastställd, "
            "och sammanföras med ett annat så länge förvaltningen har det."
        ),
        LIFE_PLACES,
        frozenset(FINAL_STAGES),
        frozenset({Stage.WITHDRAWN, Stage.JOINED}),
    ),
    Picture(
        "round",
        Candidacy,
        _("Initiativet i en omgång, från gruppen till beslutet"),
        _("Den som har initiativet kan skjuta upp det till en senare omgång, med skäl."),
        ROUND_PLACES,
        frozenset(ENDED_STANDINGS),
        frozenset({Standing.WITHDRAWN, Standing.DEFERRED}),
    ),
)


def edges(model: type[Machine]) -> Iterator[Edge]:
    """Every transition of a machine, once for each source."""
    for edge in edges_of(model):
        yield Edge(edge.name, edge.custom["spec"], str(edge.source), str(edge.target))


def dot() -> str:
    """Both machines in Graphviz' language."""
    lines = ["digraph process {", "  rankdir=TB;", '  node [shape=box, fontname="sans-serif"];']
    for picture in PICTURES:
        lines.append(f'  subgraph cluster_{picture.key} {{ label="{picture.title}";')
        lines += [
            f'    {picture.key}_{code} [label="{stage_words(code)}"];' for code in picture.places
        ]
        for edge in edges(picture.model):
            label = edge.spec.label if edge.spec else ""
            style = "" if edge.spec else ", style=dashed"
            lines.append(
                f"    {picture.key}_{edge.source} -> {picture.key}_{edge.target} "
                f'[label="{label}"{style}];'
            )
        lines.append("  }")
    return "\n".join([*lines, "}"])


def svg() -> str:
    """Both machines as one picture, readable in light, dark and print."""
    heights = [_height(picture) for picture in PICTURES]
    width = COLUMNS * WIDTH + (COLUMNS + 1) * GAP_X
    title = escape(str(_("Vägen från idé till genomförande")))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {sum(heights)}" role="img" '
        f'aria-labelledby="process-title" class="process-graph"><title id="process-title">{title}'
        "</title>",
        "<style>.process-graph{font:600 13px 'Atkinson Hyperlegible Next',system-ui,sans-serif;"
        "max-width:100%;height:auto}"
        ".pg-box{fill:#fff;stroke:#0b4f4a;stroke-width:2}.pg-end{stroke-dasharray:5 3}"
        ".pg-text{fill:#10302e;text-anchor:middle}.pg-edge{fill:none;stroke:#0b4f4a;"
        "stroke-width:1.6}.pg-back{stroke-dasharray:4 4}.pg-who{fill:#3c5452;font-size:12.5px;"
        "font-weight:400;paint-order:stroke;stroke:#fff;stroke-width:4px}"
        ".pg-head{fill:#10302e;font-size:17px}"
        "</style>",
        '<defs><marker id="pg-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
        'markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#0b4f4a"/>'
        "</marker></defs>",
        f'<rect width="{width}" height="{sum(heights)}" fill="#fff"/>',
    ]
    top = 0
    for picture, height in zip(PICTURES, heights, strict=True):
        parts.append(f'<g transform="translate(0 {top})">{_drawing(picture, width, height)}</g>')
        top += height
    return "".join([*parts, "</svg>"])


def _height(picture: Picture) -> int:
    return picture.rows * HEIGHT + (picture.rows + 1) * GAP_Y + 48


def _drawing(picture: Picture, width: int, height: int) -> str:
    parts = [
        f'<text class="pg-head" x="{GAP_X}" y="38">{escape(str(picture.title))}</text>',
    ]
    drawn: set[tuple[str, str]] = set()
    pairs = {(edge.source, edge.target) for edge in edges(picture.model)}
    for edge in edges(picture.model):
        pair = (edge.source, edge.target)
        if edge.target not in picture.told_in_words and pair not in drawn:
            drawn.add(pair)
            parts.append(_edge(picture, edge, (edge.target, edge.source) in pairs))
    parts += [_box(picture, code) for code in picture.places]
    note = escape(str(picture.note))
    parts.append(
        f'<text class="pg-who" style="text-anchor:middle" x="{width / 2}" '
        f'y="{height - 16}">{note}</text>'
    )
    return "".join(parts)


def _corner(picture: Picture, code: str) -> tuple[float, float]:
    column, row = picture.places[code]
    return GAP_X + column * (WIDTH + GAP_X), 24 + GAP_Y + row * (HEIGHT + GAP_Y)


def _box(picture: Picture, code: str) -> str:
    x, y = _corner(picture, code)
    end = " pg-end" if code in picture.ends else ""
    label = stage_words(code)
    words = label.split()
    half = (len(words) + 1) // 2 if len(label) > 24 else len(words)
    lines = [" ".join(words[:half]), " ".join(words[half:])]
    lines = [line for line in lines if line]
    start = y + HEIGHT / 2 + 5 - 8 * (len(lines) - 1)
    texts = "".join(
        f'<text class="pg-text" x="{x + WIDTH / 2}" y="{start + 16 * n}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    return (
        f'<rect class="pg-box{end}" x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f"{texts}"
    )


def _edge(picture: Picture, edge: Edge, twin: bool) -> str:
    (x1, y1), (x2, y2) = _corner(picture, edge.source), _corner(picture, edge.target)
    (c1, r1), (c2, r2) = picture.places[edge.source], picture.places[edge.target]
    if r1 == r2:
        side = 1 if c2 > c1 else -1
        shift = 0 if not twin else 9 * side
        start = (x1 + (WIDTH if side > 0 else 0), y1 + HEIGHT / 2 - shift)
        end = (x2 + (0 if side > 0 else WIDTH), start[1])
        below = twin and side < 0
        label_at = ((start[0] + end[0]) / 2, start[1] + (14 if below else -8))
        anchor = "middle"
    else:
        down = r2 > r1
        shift = 0 if not twin else (14 if down else -14)
        lean = 0.5 + 0.3 * ((c2 > c1) - (c2 < c1))
        start = (x1 + WIDTH * lean + shift, y1 + (HEIGHT if down else 0))
        end = (x2 + WIDTH * (1 - lean) + shift, y2 + (0 if down else HEIGHT))
        label_at = ((start[0] + end[0]) / 2 + shift * 0.7, (start[1] + end[1]) / 2 + 4)
        anchor = "middle" if not twin else ("start" if down else "end")
    spec = edge.spec
    back = " pg-back" if spec is None or spec.is_negative else ""
    who = escape(str(SHORT_WORDS[spec.mandate])) if spec else ""
    title = (
        escape(f"{spec.label} ({MANDATE_WORDS[spec.mandate]})")
        if spec
        else escape(str(_("Följer av beslutet i omgången")))
    )
    return (
        f'<path class="pg-edge{back}" marker-end="url(#pg-arrow)" '
        f'd="M{start[0]:.0f} {start[1]:.0f}L{end[0]:.0f} {end[1]:.0f}">'
        f"<title>{title}</title></path>"
        f'<text class="pg-who" style="text-anchor:{anchor}" x="{label_at[0]:.0f}" '
        f'y="{label_at[1]:.0f}">{who}</text>'
    )
