# SPDX-License-Identifier: EUPL-1.2
"""Filling a template: values in, the bytes of a .docx out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from docgen.engine import controls, fields
from docgen.engine.binding import Stores, binding_of
from docgen.engine.blocks import Writer, fill_plain
from docgen.engine.errors import TemplateError
from docgen.engine.ooxml import Element, attribute, clean_text, make, r, w
from docgen.engine.package import Package
from docgen.engine.pages import estimate
from docgen.engine.properties import write_properties
from docgen.engine.styles import Numbering, Styles, set_style
from docgen.engine.values import Group, Meta, Repeat, Rich, Text, Value

# Control ids start here so that they never meet those of a template being edited.
_FIRST_ID = 710_000


@dataclass(frozen=True, slots=True)
class Rendering:
    """A finished document and what the engine worked out about its pages."""

    data: bytes
    pages: int
    signature_page: int | None


def render(
    template: bytes, values: Mapping[str, Value], meta: Meta, *, signed: str = ""
) -> Rendering:
    """Fill ``template``; raises :class:`TemplateError` on keys that have no value to offer.

    Args:
        template: a .docx with content controls.
        values: by key.
        meta: what the file says about itself.
        signed: the key of the field whose page the signatures stand on.
    """
    package = Package.read(template)
    filler = _Filler(package)
    for part in story_parts(package):
        filler.fill_part(part, values)
    if filler.unknown:
        names = ", ".join(sorted(filler.unknown))
        raise TemplateError(f"Mallen har fält som inte finns: {names}.")
    filler.settle()
    layout = estimate(package)
    _write_page_numbers(package, layout.pages)
    write_properties(package, meta, layout.pages)
    return Rendering(package.save(), layout.pages, layout.page_of(signed) if signed else None)


def story_parts(package: Package) -> list[str]:
    """The parts with text: the document, then its headers and footers."""
    main = package.document
    parts = [main]
    for relation in package.relations(main):
        kind = relation.type.rpartition("/")[2]
        if kind in ("header", "footer", "footnotes", "endnotes") and not relation.external:
            parts.append(relation.target)
    return parts


class _Filler:
    """The state of one filling: stores, styles, numbering and the running control id."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package)
        self._numbering = Numbering(package)
        self._stores = Stores(package)
        self._stores.empty_own()
        self._number = _FIRST_ID
        self._writer: Writer | None = None
        self.unknown: set[str] = set()

    def fill_part(self, part: str, values: Mapping[str, Value]) -> None:
        """Fill all controls of one part."""
        self._package.put(part, controls.with_appearance(self._package.xml(part)))
        self._writer = Writer(self._package, part, self._styles, self._numbering)
        self._fill(self._package.xml(part), values, "")

    def settle(self) -> None:
        """Last touches on the whole file: nothing that makes Word ask or recalculate."""
        for relation in self._package.relations(self._package.document):
            if relation.type.endswith("/settings") and not relation.external:
                root = self._package.xml(relation.target)
                for name in ("updateFields", "attachedTemplate", "docVars", "rsids"):
                    for element in root.findall(w(name)):
                        root.remove(element)

    def _fill(self, container: Element, values: Mapping[str, Value], item: str) -> None:
        for control in controls.outermost(container):
            key = controls.key_of(control)
            if not key:
                # A control of the city's own, such as a prompt: it stays, and what is in it is
                # filled as if it were not there.
                self._fill(controls.content_of(control), values, item)
                continue
            if key not in values:
                self.unknown.add(key)
                continue
            value = values[key]
            if _is_empty(value):
                binding = binding_of(control)
                if binding and not item:
                    self._stores.write(binding, "")
                controls.remove(control)
                continue
            content = controls.content_of(control)
            if isinstance(value, Text):
                self._mark(control, key, item)
                self._text(control, content, value, item)
            elif isinstance(value, Rich):
                self._mark(control, key, item)
                self._rich(control, content, value)
            elif isinstance(value, Group):
                self._fill(content, value.values, item)
                controls.unwrap(control)
            elif isinstance(value, Repeat):
                self._repeat(content, value)
                controls.unwrap(control)

    def _mark(self, control: Element, key: str, item: str) -> None:
        controls.mark(control, key, item, self._number, bound=not item)
        self._number += 1

    def _text(self, control: Element, content: Element, value: Text, item: str) -> None:
        style = self._styles.id_of(value.style) if value.style else None
        if style:
            self._style_around(control, content, style)
        fill_plain(content, value.value, None)
        binding = binding_of(control)
        if "\n" in clean_text(value.value):
            controls.allow_lines(control)
        if binding and not item:
            self._stores.write(binding, value.value)

    def _style_around(self, control: Element, content: Element, style: str) -> None:
        paragraph = controls.first_of(content, "p")
        if paragraph is None:
            paragraph = next(control.iterancestors(w("p")), None)
        if paragraph is not None:
            set_style(paragraph, style)

    def _rich(self, control: Element, content: Element, value: Rich) -> None:
        if self._writer is None or not controls.holds_blocks(content):
            raise TemplateError("Ett fält för löpande text måste omsluta ett helt stycke i mallen.")
        model = controls.first_of(content, "p")
        model = deepcopy(model) if model is not None else None
        paragraphs = self._writer.paragraphs(value.blocks, model, value.level)
        for child in list(content):
            content.remove(child)
        # LibreOffice undresses the first paragraph of a control (bold and links are gone, on screen
        # and in PDF), so the control begins at the first paragraph that has nothing to lose. The
        # reader counts the ones before it to the same field, since they follow its heading.
        plain = next((n for n, x in enumerate(paragraphs) if not _is_dressed(x)), len(paragraphs))
        for paragraph in paragraphs[:plain]:
            control.addprevious(paragraph)
        content.extend(paragraphs[plain:])
        if plain == len(paragraphs):
            control.getparent().remove(control)

    def _repeat(self, content: Element, value: Repeat) -> None:
        prototype = list(content)
        for element in prototype:
            content.remove(element)
        cells = [element for element in prototype if element.tag == w("tc")]
        for item in value.items:
            # A holder gives the copies a parent while they are filled and pruned. It stands in
            # the same tree: from another one every element would be moved name by name.
            holder = etree.SubElement(content, w("holder"))
            holder.extend(deepcopy(element) for element in prototype)
            self._fill(holder, item.values, item.id)
            for element in list(holder):
                holder.addprevious(element)
            content.remove(holder)
        self._numbering.restart_in(_own_points(content))
        if cells:
            _even_columns(content, len(value.items), cells)


def _own_points(content: Element) -> Iterator[Element]:
    """Elements of a repeat outside inner repeats, which have numbered their points already."""
    for element in content:
        if element.tag in (w("p"), w("tbl")):
            yield element
        elif element.tag == w("sdt"):
            paragraph = controls.first_of(controls.content_of(element), "p")
            if paragraph is not None and element.find(f".//{w('sdt')}") is None:
                yield element


def _is_dressed(paragraph: Element) -> bool:
    dressed = paragraph.find(f".//{w('r')}/{w('rPr')}") is not None
    return dressed or paragraph.find(f".//{w('hyperlink')}") is not None


def _is_empty(value: Value) -> bool:
    if value is None:
        return True
    if isinstance(value, Text):
        return not clean_text(value.value).strip()
    if isinstance(value, Rich):
        return not value.blocks
    if isinstance(value, Repeat):
        return not value.items
    return all(_is_empty(inner) for inner in value.values.values())


# Narrower than this a cell is a gap between others and keeps its width, in twips.
_GAP = 600


def _even_columns(content: Element, count: int, prototype: list[Element]) -> None:
    """Share a table's width among the cells that a repeat has written in its row."""
    table = next(content.iterancestors(w("tbl")), None)
    grid = table.find(w("tblGrid")) if table is not None else None
    if table is None or grid is None:
        return
    total = sum(int(attribute(x, "w") or 0) for x in grid)
    # One signature alone takes half the width: a line over the whole page looks like a rule.
    shares = max(count, 2)
    gaps = [_own_width(cell) if _own_width(cell) < _GAP else 0 for cell in prototype]
    room = total // shares - sum(gaps)
    widths = [gap or room // (gaps.count(0) or 1) for gap in gaps] * count
    size = table.find(f"{w('tblPr')}/{w('tblW')}")
    if size is not None:
        size.set(w("w"), str(sum(widths)))
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        grid.append(make("gridCol", w=str(width)))
    for row in table.iter(w("tr")):
        for width, cell in zip(widths, row.iter(w("tc")), strict=False):
            element = cell.find(f"{w('tcPr')}/{w('tcW')}")
            if element is not None:
                element.set(w("w"), str(width))
                element.set(w("type"), "dxa")


def _own_width(cell: Element) -> int:
    return int(attribute(cell.find(f"{w('tcPr')}/{w('tcW')}"), "w") or _GAP)


def _write_page_numbers(package: Package, pages: int) -> None:
    """The results that PAGE and NUMPAGES show until the pages are laid out anew.

    A header stands on many pages but holds one cached result: 1 on the first page's, 2 on the
    following pages'.
    """
    main = package.xml(package.document)
    firsts = set()
    has_first = main.find(f".//{w('titlePg')}") is not None
    relations = {x.id: x.target for x in package.relations(package.document)}
    for reference in main.iter(w("headerReference"), w("footerReference")):
        if attribute(reference, "type") == "first":
            firsts.add(relations.get(reference.get(r("id"), "")))
    for part in story_parts(package):
        page = "1" if part in firsts or part == package.document or not has_first else "2"
        for entry in fields.find_fields(package.xml(part)):
            if entry.name == "PAGE":
                fields.write_result(entry, page)
            elif entry.name == "NUMPAGES":
                fields.write_result(entry, str(pages))
