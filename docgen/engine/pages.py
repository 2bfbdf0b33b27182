# SPDX-License-Identifier: EUPL-1.2
"""How many pages a document will have, worked out without laying it out in a word processor.

The number is printed in the header ("Sida 1 (6)") before Word has counted, and it must depend on
the file alone. So lines are broken with known character widths and pages filled with the styles'
own measures. Good to a page or so on long papers; exact on most. Word recounts when it opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from docgen.engine import metrics
from docgen.engine.controls import key_of
from docgen.engine.ooxml import WP, Element, R, attribute, run_text, w
from docgen.engine.package import Package
from docgen.engine.styles import Styles, paragraph_style

_LINE = 1.149  # height of a line of Times New Roman or Arial, in sizes
_EMU_PER_TWIP = 635
_SANS = ("arial", "helvetica", "liberation sans", "verdana", "calibri")


_NO_MEASURE = frozenset({w("pStyle"), w("numPr"), w("rPr")})


@dataclass(slots=True)
class _Look:
    """The measures of a paragraph, in twips, styles resolved."""

    size: float = 240
    sans: bool = False
    bold: bool = False
    before: float = 0
    after: float = 0
    line: float = 1.0
    exact: float = 0
    left: float = 0
    right: float = 0
    first: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    break_before: bool = False
    contextual: bool = False
    style: str | None = None


@dataclass(slots=True)
class _Box:
    """Something that fills a page: the lines of a paragraph, or one table row."""

    lines: list[float]
    before: float = 0
    after: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    break_before: bool = False
    contextual: bool = False
    style: str | None = None
    keys: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Layout:
    """The estimate: number of pages, and the last page on which each control stands."""

    pages: int
    places: dict[str, int]

    def page_of(self, key: str) -> int | None:
        """The page on which a control ends, counted from 1."""
        return self.places.get(key)


@lru_cache(maxsize=4)
def _widths(sans: bool, bold: bool) -> dict[str, int]:
    table = {
        (False, False): metrics.SERIF_REGULAR,
        (False, True): metrics.SERIF_BOLD,
        (True, False): metrics.SANS_REGULAR,
        (True, True): metrics.SANS_BOLD,
    }[sans, bold]
    return dict(zip(metrics.CHARACTERS, table, strict=True))


@lru_cache(maxsize=16_384)
def _thousandths(word: str, sans: bool, bold: bool) -> int:
    # Words come again and again, in a paper and from paper to paper.
    widths = _widths(sans, bold)
    return sum([widths.get(x, 600) for x in word])


def _width(text: str, look: _Look) -> float:
    return _thousandths(text, look.sans, look.bold) * look.size / 1000


def count_lines(text: str, look: _Look, width: float) -> int:
    """Lines that a text takes in a column, words broken only where they cannot fit."""
    count = 0
    space = _width(" ", look)
    for piece in text.split("\n"):
        count += 1
        room = width - look.first
        used = 0.0
        for word in re.split("[ \t]+", piece.strip(" ")):
            size = _width(word, look)
            if used and used + space + size > room:
                count += 1
                used, room = 0.0, width
            while size > room > 0:
                count += 1
                size -= room
                room = width
            used += size + (space if used else 0)
    return count


class _Measure:
    """Turns elements into boxes."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package)
        self._cache: dict[str | None, _Look] = {}
        self._default = next(
            (
                style_id
                for style_id, style in self._styles.by_id.items()
                if attribute(style, "default") == "1" and attribute(style, "type") == "paragraph"
            ),
            None,
        )

    def look(self, paragraph: Element) -> _Look:
        """Measures of a paragraph: defaults, style chain, its own properties."""
        style_id = paragraph_style(paragraph) or self._default
        if style_id not in self._cache:
            look = _Look(style=style_id)
            defaults = self._styles.root.find(w("docDefaults"))
            if defaults is not None:
                _apply(look, defaults.find(f"{w('pPrDefault')}/{w('pPr')}"))
                _apply_run(look, defaults.find(f"{w('rPrDefault')}/{w('rPr')}"))
            for style in reversed(self._styles.chain(style_id)):
                _apply(look, style.find(w("pPr")))
                _apply_run(look, style.find(w("rPr")))
            self._cache[style_id] = look
        base = self._cache[style_id]
        own = paragraph.find(w("pPr"))
        # Most paragraphs say their style and nothing else, list points their list besides.
        if own is None or all(x.tag in _NO_MEASURE for x in own):
            return base
        look = _Look(**{name: getattr(base, name) for name in _Look.__slots__})
        _apply(look, own)
        return look

    def boxes(
        self, container: Element, width: float, keys: frozenset[str] | None
    ) -> Iterator[_Box]:
        """Boxes of everything in a container, top to bottom; without keys where nobody asks."""
        for child in container:
            if child.tag == w("p"):
                yield self._paragraph(child, width, keys)
            elif child.tag == w("tbl"):
                yield from self._table(child, keys)
            elif child.tag == w("sdt"):
                content = child.find(w("sdtContent"))
                if content is not None:
                    inner = None if keys is None else keys | {key_of(child)}
                    yield from self.boxes(content, width, inner)

    def height(self, container: Element, width: float) -> float:
        """Height of all boxes stacked, as in a header or a cell."""
        total = 0.0
        previous: _Box | None = None
        for box in self.boxes(container, width, None):
            total += _gap(previous, box) + sum(box.lines)
            previous = box
        return total + (previous.after if previous else 0)

    def _paragraph(self, paragraph: Element, width: float, keys: frozenset[str] | None) -> _Box:
        look = self.look(paragraph)
        text = "".join(run_text(run) for run in paragraph.iter(w("r")))
        lines = count_lines(text, look, width - look.left - look.right)
        height = look.exact or look.size * _LINE * look.line
        heights = [height] * lines
        for extent in paragraph.iter(f"{{{WP}}}extent"):
            heights[0] = max(heights[0], int(extent.get("cy", "0")) / _EMU_PER_TWIP)
        inner = set() if keys is None else {key_of(x) for x in paragraph.iter(w("sdt"))}
        return _Box(
            heights,
            look.before,
            look.after,
            look.keep_next,
            look.keep_lines,
            look.break_before,
            look.contextual,
            look.style,
            inner | (keys or frozenset()),
        )

    def _table(self, table: Element, keys: frozenset[str] | None) -> Iterator[_Box]:
        columns = [float(attribute(x, "w") or 0) for x in table.iterfind(f"{w('tblGrid')}/*")]
        margins = table.find(f"{w('tblPr')}/{w('tblCellMar')}")
        top, bottom, left, right = (_margin(margins, x) for x in ("top", "bottom", "left", "right"))
        holders = {key_of(x) for x in table.iterancestors(w("sdt"))}
        for row in table.iter(w("tr")):
            tallest = 0.0
            keep = False
            for number, cell in enumerate(row.iter(w("tc"))):
                size = attribute(cell.find(f"{w('tcPr')}/{w('tcW')}"), "w")
                fallback = columns[min(number, len(columns) - 1)] if columns else 4000
                room = float(size) if size and size.isdigit() else fallback
                tallest = max(tallest, self.height(cell, room - left - right))
                keep = keep or any(self.look(x).keep_next for x in cell.iter(w("p")))
            least = float(attribute(row.find(f"{w('trPr')}/{w('trHeight')}")) or 0)
            inner = {key_of(control) for control in row.iter(w("sdt"))}
            yield _Box(
                [max(least, tallest + top + bottom)],
                keep_next=keep,
                keep_lines=True,
                keys=inner | holders | (keys or frozenset()),
            )


def _margin(margins: Element | None, side: str) -> float:
    if margins is None:
        return 108 if side in ("left", "right") else 0
    element = margins.find(w(side))
    if element is None:
        element = margins.find(w("start" if side == "left" else "end"))
    return float(attribute(element, "w") or 0)


def _flag(properties: Element, name: str, old: bool) -> bool:
    element = properties.find(w(name))
    if element is None:
        return old
    return (attribute(element) or "1") not in ("0", "false", "off")


def _apply(look: _Look, properties: Element | None) -> None:
    if properties is None:
        return
    spacing = properties.find(w("spacing"))
    look.before = float(attribute(spacing, "before") or look.before)
    look.after = float(attribute(spacing, "after") or look.after)
    line = attribute(spacing, "line")
    if line:
        rule = attribute(spacing, "lineRule") or "auto"
        look.line = float(line) / 240 if rule == "auto" else look.line
        look.exact = float(line) if rule == "exact" else 0
    indent = properties.find(w("ind"))
    look.left = float(attribute(indent, "left") or attribute(indent, "start") or look.left)
    look.right = float(attribute(indent, "right") or attribute(indent, "end") or look.right)
    hanging = attribute(indent, "hanging")
    # The number of a list point fills its hanging indent: the text starts where the others do.
    look.first = 0 if hanging else float(attribute(indent, "firstLine") or look.first)
    look.keep_next = _flag(properties, "keepNext", look.keep_next)
    look.keep_lines = _flag(properties, "keepLines", look.keep_lines)
    look.break_before = _flag(properties, "pageBreakBefore", look.break_before)
    look.contextual = _flag(properties, "contextualSpacing", look.contextual)


def _apply_run(look: _Look, properties: Element | None) -> None:
    if properties is None:
        return
    size = attribute(properties.find(w("sz")))
    if size:
        look.size = float(size) * 10
    font = attribute(properties.find(w("rFonts")), "ascii")
    if font:
        look.sans = font.casefold() in _SANS
    look.bold = _flag(properties, "b", look.bold)


def _gap(previous: _Box | None, box: _Box) -> float:
    if previous is None:
        return box.before
    if previous.style == box.style and previous.contextual and box.contextual:
        return 0
    # Between two paragraphs the larger of the two spaces counts, not their sum.
    return max(previous.after, box.before)


def estimate(package: Package) -> Layout:
    """Lay the main document out on pages, roughly."""
    body = package.xml(package.document).find(w("body"))
    measure = _Measure(package)
    section = body.find(w("sectPr"))
    size = section.find(w("pgSz")) if section is not None else None
    edges = section.find(w("pgMar")) if section is not None else None

    def edge(name: str, default: float) -> float:
        return float(attribute(edges, name) or default)

    height = float(attribute(size, "h") or 16838)
    width = float(attribute(size, "w") or 11906) - edge("left", 1440) - edge("right", 1440)
    heads = _margin_heights(package, section, measure, width)
    titled = section is not None and section.find(w("titlePg")) is not None

    def room(page: int) -> float:
        kind = "first" if titled and page == 1 else "default"
        top = max(edge("top", 1440), edge("header", 708) + heads.get(("header", kind), 0))
        bottom = max(edge("bottom", 1440), edge("footer", 708) + heads.get(("footer", kind), 0))
        return height - top - bottom

    return _flow(list(measure.boxes(body, width, frozenset())), room)


def _margin_heights(
    package: Package, section: Element | None, measure: _Measure, width: float
) -> dict[tuple[str, str], float]:
    relations = {x.id: x.target for x in package.relations(package.document)}
    found = {}
    for reference in section if section is not None else ():
        kind = reference.tag.rpartition("}")[2].removesuffix("Reference")
        part = relations.get(reference.get(f"{{{R}}}id", ""), "")
        if kind in ("header", "footer") and part in package:
            found[kind, attribute(reference, "type") or "default"] = measure.height(
                package.xml(part), width
            )
    return found


def _flow(boxes: list[_Box], room: Callable[[int], float]) -> Layout:
    page, used = 1, 0.0
    places: dict[str, int] = {}
    previous: _Box | None = None
    for number, box in enumerate(boxes):
        limit = room(page)
        gap = _gap(previous, box) if used else 0.0
        if used and (box.break_before or used + gap + _needed(boxes[number:]) > limit):
            page, used, gap = page + 1, 0.0, 0.0
            limit = room(page)
        used += gap
        lines = box.lines
        for position, line in enumerate(lines):
            left = len(lines) - position
            # Widow control: the last two lines stay together.
            short = left == 2 and used + line + lines[-1] > limit and position > 0
            if used and (used + line > limit + 1 or short):
                page, used = page + 1, 0.0
                limit = room(page)
            used += line
        for key in box.keys:
            places[key] = page
        previous = box
    return Layout(page, places)


def _needed(boxes: Iterable[_Box]) -> float:
    """What must fit before a box may start on a page: it, and what it is kept with."""
    total = 0.0
    previous: _Box | None = None
    for box in boxes:
        if previous is not None:
            total += _gap(previous, box)
        whole = box.keep_lines or (box.keep_next and len(box.lines) <= 3)
        total += sum(box.lines if whole else box.lines[:2])
        if not box.keep_next:
            break
        previous = box
    return total
