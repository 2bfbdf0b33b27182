# SPDX-License-Identifier: EUPL-1.2
"""The process as a picture, made from the state machine, so that it is never out of step.

The layout is fixed by hand: stages stand in rows from idea to implementation. Every transition of
the machine is drawn; withdrawing, which is possible from many stages, is told in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.process.catalogue import TRANSITIONS, Mandate
from casework.process.enums import FINAL_STAGES, Stage
from casework.process.models import Process

MANDATE_WORDS: dict[Mandate, Promise] = {
    Mandate.ORIGINATOR: _("Förslagsställaren"),
    Mandate.LIAISON: _("Kontaktpersonen"),
    Mandate.REGISTRAR: _("Registratorn"),
    Mandate.OFFICER: _("Handläggaren"),
    Mandate.GROUP: _("Tjänsteområdesgruppen"),
    Mandate.COMMITTEE: _("Utskottet för e-tjänster"),
    Mandate.EXECUTIVE_OFFICE: _("Stadsledningskontoret"),
    Mandate.COUNCIL: _("Utvecklingsrådet"),
    Mandate.RECORDER: _("Kommunfullmäktige"),
}

SHORT_WORDS: dict[Mandate, Promise] = {
    **MANDATE_WORDS,
    Mandate.GROUP: _("Gruppen"),
    Mandate.COMMITTEE: _("Utskottet"),
    Mandate.EXECUTIVE_OFFICE: _("SLK"),
    Mandate.COUNCIL: _("Rådet"),
    Mandate.RECORDER: _("Fullmäktige"),
}
"""For the picture, where there is little room."""

PLACES: dict[Stage, tuple[int, int]] = {
    Stage.DRAFT: (0, 0),
    Stage.WITH_LIAISON: (1, 0),
    Stage.PREPARED: (2, 0),
    Stage.SENT: (3, 0),
    Stage.RETURNED: (1, 1),
    Stage.REGISTERED: (3, 1),
    Stage.OUT_OF_SCOPE: (2, 1),
    Stage.IN_PREPARATION: (3, 2),
    Stage.WITH_GROUP: (2, 2),
    Stage.REJECTED: (1, 2),
    Stage.COMPLETION: (3, 3),
    Stage.ADMITTED: (2, 3),
    Stage.RANKED: (1, 3),
    Stage.WITH_COMMITTEE: (0, 3),
    Stage.COMMITTEE_DONE: (0, 4),
    Stage.CITY_PROPOSAL: (1, 4),
    Stage.RECOMMENDED: (2, 4),
    Stage.DECLINED: (3, 4),
    Stage.APPROVED: (2, 5),
    Stage.IMPLEMENTING: (1, 5),
    Stage.IMPLEMENTED: (0, 5),
    Stage.WITHDRAWN: (0, 1),
}
"""Column and row of each stage."""

WIDTH, HEIGHT, GAP_X, GAP_Y = 190, 52, 104, 66
COLUMNS, ROWS = 4, 6


def edges() -> Iterator[tuple[str, str, str]]:
    """Every transition as (name, from stage, to stage), in catalogue order."""
    for name in TRANSITIONS:
        for source, transition in getattr(Process, name)._django_fsm.transitions.items():
            yield name, str(source), str(transition.target)


def dot() -> str:
    """The process in Graphviz' language."""
    lines = ["digraph process {", "  rankdir=TB;", '  node [shape=box, fontname="sans-serif"];']
    lines += [f'  {stage.value} [label="{stage.label}"];' for stage in Stage]
    for name, source, target in edges():
        lines.append(f'  {source} -> {target} [label="{TRANSITIONS[name].label}"];')
    return "\n".join([*lines, "}"])


def svg() -> str:
    """The process as a picture of its own, readable in light, dark and print."""
    width = COLUMNS * WIDTH + (COLUMNS + 1) * GAP_X
    height = ROWS * HEIGHT + (ROWS + 1) * GAP_Y + 24
    title = escape(str(_("Vägen från idé till genomförande")))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="process-title" class="process-graph"><title id="process-title">{title}'
        "</title>",
        "<style>.process-graph{font:600 13px system-ui,sans-serif;max-width:100%;height:auto}"
        ".pg-box{fill:#fff;stroke:#0b4f4a;stroke-width:2}.pg-end{stroke-dasharray:5 3}"
        ".pg-text{fill:#10302e;text-anchor:middle}.pg-edge{fill:none;stroke:#0b4f4a;"
        "stroke-width:1.6}.pg-back{stroke-dasharray:4 4}.pg-who{fill:#3c5452;font-size:11.5px;"
        "font-weight:400;paint-order:stroke;stroke:#fff;stroke-width:4px}"
        "</style>",
        '<defs><marker id="pg-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
        'markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#0b4f4a"/>'
        "</marker></defs>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    drawn: set[tuple[str, str]] = set()
    for name, source, target in edges():
        if target != Stage.WITHDRAWN and (source, target) not in drawn:
            drawn.add((source, target))
            parts.append(_edge(name, Stage(source), Stage(target)))
    parts += [_box(stage) for stage in Stage]
    note = escape(
        str(_("Initiativet kan återkallas fram till att områdets rangordning är fastställd."))
    )
    parts.append(
        f'<text class="pg-who" style="text-anchor:middle" x="{width / 2}" '
        f'y="{height - 14}">{note}</text></svg>'
    )
    return "".join(parts)


def _corner(stage: Stage) -> tuple[float, float]:
    column, row = PLACES[stage]
    return GAP_X + column * (WIDTH + GAP_X), GAP_Y + row * (HEIGHT + GAP_Y)


def _box(stage: Stage) -> str:
    x, y = _corner(stage)
    end = " pg-end" if stage in FINAL_STAGES else ""
    words = str(stage.label).split()
    half = (len(words) + 1) // 2 if len(str(stage.label)) > 24 else len(words)
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


def _edge(name: str, source: Stage, target: Stage) -> str:
    (x1, y1), (x2, y2) = _corner(source), _corner(target)
    (c1, r1), (c2, r2) = PLACES[source], PLACES[target]
    twin = any((s, t) == (target.value, source.value) for _n, s, t in edges())
    if r1 == r2:
        side = 1 if c2 > c1 else -1
        start = (x1 + (WIDTH if side > 0 else 0), y1 + HEIGHT / 2)
        end = (x2 + (0 if side > 0 else WIDTH), start[1])
        label_at, anchor = ((start[0] + end[0]) / 2, start[1] - 8), "middle"
    else:
        down = r2 > r1
        shift = 0 if not twin else (14 if down else -14)
        lean = 0.5 + 0.3 * ((c2 > c1) - (c2 < c1))
        start = (x1 + WIDTH * lean + shift, y1 + (HEIGHT if down else 0))
        end = (x2 + WIDTH * (1 - lean) + shift, y2 + (0 if down else HEIGHT))
        label_at = ((start[0] + end[0]) / 2 + shift * 0.7, (start[1] + end[1]) / 2 + 4)
        anchor = "middle" if not twin else ("start" if down else "end")
    back = " pg-back" if TRANSITIONS[name].is_negative or source == Stage.RETURNED else ""
    who = escape(str(SHORT_WORDS[TRANSITIONS[name].mandate]))
    title = escape(f"{TRANSITIONS[name].label} ({MANDATE_WORDS[TRANSITIONS[name].mandate]})")
    return (
        f'<path class="pg-edge{back}" marker-end="url(#pg-arrow)" '
        f'd="M{start[0]:.0f} {start[1]:.0f}L{end[0]:.0f} {end[1]:.0f}">'
        f"<title>{title}</title></path>"
        f'<text class="pg-who" style="text-anchor:{anchor}" x="{label_at[0]:.0f}" '
        f'y="{label_at[1]:.0f}">{who}</text>'
    )
