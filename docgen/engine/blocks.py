# SPDX-License-Identifier: EUPL-1.2
"""Rich text to Word paragraphs and back. Dress is always a style, never direct formatting."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.engine.ooxml import (
    REL_HYPERLINK,
    Element,
    attribute,
    make,
    r,
    run_text,
    text_run,
    w,
)
from docgen.engine.package import Package
from docgen.engine.richtext import Block, Run, safe_href, tidy_runs
from docgen.engine.styles import (
    BODY,
    BULLETS,
    EMPHASIS,
    LINK,
    NUMBERS,
    STRONG,
    Numbering,
    Styles,
    paragraph_style,
    plain_paragraph,
    set_style,
)

_DELETED = {w("del"), w("moveFrom")}
_TRANSPARENT = {w("ins"), w("moveTo"), w("sdt"), w("sdtContent"), w("smartTag"), w("fldSimple")}


class Writer:
    """Writes blocks as paragraphs of one part."""

    def __init__(self, package: Package, part: str, styles: Styles, numbering: Numbering) -> None:
        self._package = package
        self._part = part
        self._styles = styles
        self._numbering = numbering

    def paragraphs(
        self, blocks: Iterable[Block], model: Element | None, level: int
    ) -> list[Element]:
        """Paragraphs for the blocks; plain ones look like ``model``."""
        lists: dict[tuple[int, int], str | None] = {}
        out = []
        for block in blocks:
            if block.kind == "p":
                style = None if model is not None else self._styles.id_of(BODY)
                paragraph = plain_paragraph(model, style)
            elif block.kind == "h":
                rank = min(level + 1 + block.level, 4)
                paragraph = plain_paragraph(None, self._heading(rank))
            else:
                paragraph = self._point(block, lists)
            for run in block.runs:
                self._run(paragraph, run)
            out.append(paragraph)
        return out

    def _heading(self, rank: int) -> str | None:
        for number in range(rank, 0, -1):
            style = self._styles.id_of(f"heading {number}")
            if style:
                return style
        return None

    def _point(self, block: Block, lists: dict[tuple[int, int], str | None]) -> Element:
        style = self._styles.id_of(NUMBERS if block.kind == "ol" else BULLETS)
        paragraph = plain_paragraph(None, style)
        where = (block.list_no, block.level)
        if where not in lists:
            base = self._styles.list_number(style)
            lists[where] = self._numbering.restart(base, block.level)
        number = lists[where]
        if number is not None:
            properties = paragraph.find(w("pPr"))
            properties.append(
                make("numPr", make("ilvl", val=str(block.level)), make("numId", val=number))
            )
        return paragraph

    def _run(self, paragraph: Element, run: Run) -> None:
        # Two character styles cannot stand on one run: the second is the toggle property itself.
        properties = make("rPr")
        style = LINK if run.href else STRONG if run.bold else EMPHASIS if run.italic else None
        style_id = self._styles.id_of(style, "character") if style else None
        if style_id:
            properties.append(make("rStyle", val=style_id))
        if run.bold and (style != STRONG or not style_id):
            properties.append(make("b"))
        if run.italic and (style != EMPHASIS or not style_id):
            properties.append(make("i"))
        element = text_run(run.text, properties if len(properties) else None)
        if run.href:
            link = make("hyperlink", element, history="1")
            link.set(
                r("id"),
                self._package.relate(self._part, REL_HYPERLINK, run.href, external=True),
            )
            paragraph.append(link)
        else:
            paragraph.append(element)


class BlockReader:
    """Reads paragraphs of a part as blocks; forgiving, for files from any program."""

    def __init__(self, package: Package, part: str, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._links = {
            relation.id: relation.target
            for relation in package.relations(part)
            if relation.external and relation.type == REL_HYPERLINK
        }

    def blocks(self, paragraphs: Iterable[Element], level: int) -> tuple[Block, ...]:
        """Blocks of the paragraphs, empty ones left out."""
        out: list[Block] = []
        lists = _Lists(self._numbering)
        for paragraph in paragraphs:
            runs = tidy_runs(self.runs(paragraph))
            if not runs:
                continue
            style = self._styles.name_of(paragraph_style(paragraph))
            kind, depth, number = self._list_of(paragraph, style)
            if style.startswith("heading "):
                rank = int(style[8:]) if style[8:].isdigit() else level + 1
                lists.end()
                plain = tidy_runs(Run(run.text, href=run.href) for run in runs)
                out.append(Block("h", plain, min(max(0, rank - level - 1), 1)))
            elif kind is None:
                lists.end()
                out.append(Block("p", runs))
            else:
                list_no = lists.place(kind, depth, number)
                out.append(Block("ol" if kind == "ol" else "ul", runs, depth, list_no))
        return tuple(out)

    def _list_of(self, paragraph: Element, style: str) -> tuple[str | None, int, str]:
        properties = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        number = depth = None
        if properties is not None:
            number = attribute(properties.find(w("numId")))
            depth = attribute(properties.find(w("ilvl")))
        if number == "0":
            return None, 0, ""
        if number is None:
            number = self._styles.list_number(paragraph_style(paragraph))
        if number is None and not style.startswith("list "):
            return None, 0, ""
        level = int(depth or 0)
        format_ = self._numbering.format_of(number, level)
        if not format_:
            format_ = "bullet" if "bullet" in style else "decimal"
        if style.startswith("heading "):
            return None, 0, ""
        return ("ul" if format_ in ("bullet", "none") else "ol"), level, number or style

    def runs(self, element: Element, href: str = "") -> list[Run]:
        """The runs below an element, insertions taken, deletions left out."""
        found: list[Run] = []
        for child in element:
            if child.tag in _DELETED:
                continue
            if child.tag == w("r"):
                text = run_text(child)
                if text:
                    bold, italic = self._dress(child.find(w("rPr")))
                    found.append(Run(text, bold, italic, href))
            elif child.tag == w("hyperlink"):
                target = safe_href(self._links.get(child.get(r("id"), ""), ""))
                found.extend(self.runs(child, target))
            elif child.tag in _TRANSPARENT:
                found.extend(self.runs(child, href))
        return found

    def _dress(self, properties: Element | None) -> tuple[bool, bool]:
        if properties is None:
            return False, False
        style = self._styles.name_of(attribute(properties.find(w("rStyle"))))
        bold = _toggle(properties.find(w("b")), default="strong" in style)
        italic = _toggle(properties.find(w("i")), default=style == EMPHASIS)
        return bold, italic


class _Lists:
    """Tells which points make a list together.

    Word continues a numbering; LibreOffice writes one for each point. A new list begins after
    other text, or where another numbering starts anew.
    """

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._open: dict[int, tuple[str, str, int]] = {}
        self._count = 0

    def end(self) -> None:
        """Something else than a point has come."""
        self._open.clear()

    def place(self, kind: str, depth: int, number: str) -> int:
        """The number of the list that a point belongs to."""
        for deeper in [x for x in self._open if x > depth]:
            del self._open[deeper]
        kind_before, number_before, count = self._open.get(depth, ("", "", 0))
        same = number == number_before or not self._numbering.restarts(number)
        if kind_before != kind or not same:
            self._count += 1
            count = self._count
        self._open[depth] = (kind, number, count)
        return count


def _toggle(element: Element | None, *, default: bool) -> bool:
    if element is None:
        return default
    return (attribute(element) or "1") not in ("0", "false", "off")


def fill_plain(content: Element, text: str, style_id: str | None) -> None:
    """Put plain text in a control, in the dress of what stood there."""
    model = next(iter(content.iter(w("r"))), None)
    properties = model.find(w("rPr")) if model is not None else None
    if properties is not None:
        for style in properties.findall(w("rStyle")):
            if (attribute(style) or "").casefold() in ("placeholdertext", "platshllartext"):
                properties.remove(style)
        properties = properties if len(properties) else None
    run = text_run(text, properties)
    paragraph = next(iter(content.iter(w("p"))), None)
    if paragraph is None:
        for child in list(content):
            content.remove(child)
        content.append(run)
        return
    holder = paragraph.getparent()
    for child in list(holder):
        if child is not paragraph and child.tag in (w("p"), w("tbl")):
            holder.remove(child)
    for child in list(paragraph):
        if child.tag != w("pPr"):
            paragraph.remove(child)
    paragraph.append(run)
    if style_id:
        set_style(paragraph, style_id)
