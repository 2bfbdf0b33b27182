# SPDX-License-Identifier: EUPL-1.2
"""Styles by name and numbering with restarts.

Styles are found by their English built-in name, which Word keeps in every language version of a
template, while the ids are translated ("Rubrik1").
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from docgen.engine.ooxml import Element, attribute, make, w
from docgen.engine.package import Package

BODY = "body text"
BULLETS = "list bullet"
NUMBERS = "list number"
STRONG = "strong"
EMPHASIS = "emphasis"
LINK = "hyperlink"
# What rich text is written with; a template must hold all of them.
NEEDED = ("heading 1", "heading 2", "heading 3", BODY, BULLETS, NUMBERS, STRONG, EMPHASIS, LINK)


def part_of(package: Package, kind: str) -> str | None:
    """The main document's part of a kind: ``styles``, ``numbering``, ``settings``."""
    suffix = f"/relationships/{kind}"
    for relation in package.relations(package.document):
        if relation.type.endswith(suffix) and not relation.external:
            return relation.target
    return None


class Styles:
    """Look-ups in the styles part."""

    def __init__(self, package: Package) -> None:
        name = part_of(package, "styles")
        self.root = package.xml(name) if name else make("styles")
        self.by_id: dict[str, Element] = {}
        self._ids: dict[tuple[str, str], str] = {}
        for style in self.root.iterfind(w("style")):
            style_id = attribute(style, "styleId") or ""
            self.by_id[style_id] = style
            label = (attribute(style.find(w("name"))) or style_id).casefold()
            self._ids[attribute(style, "type") or "paragraph", label] = style_id

    def id_of(self, name: str, kind: str = "paragraph") -> str | None:
        """The id of the style with this name."""
        return self._ids.get((kind, name.casefold()))

    def name_of(self, style_id: str | None) -> str:
        """The lower-case name behind an id, or the id itself."""
        style = self.by_id.get(style_id or "")
        if style is None:
            return (style_id or "").casefold()
        return (attribute(style.find(w("name"))) or style_id or "").casefold()

    def chain(self, style_id: str | None) -> list[Element]:
        """The style and those that it is based on, nearest first."""
        found: list[Element] = []
        while style_id and (style := self.by_id.get(style_id)) is not None and style not in found:
            found.append(style)
            style_id = attribute(style.find(w("basedOn")))
        return found

    def list_number(self, style_id: str | None) -> str | None:
        """The numbering that a paragraph style brings along."""
        for style in self.chain(style_id):
            number = attribute(style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}"))
            if number:
                return number
        return None


class Numbering:
    """New lists in the numbering part: one ``w:num`` for each, so that each starts at one."""

    def __init__(self, package: Package) -> None:
        name = part_of(package, "numbering")
        self.root = package.xml(name) if name else None
        self._abstracts: dict[str, str] = {}
        self._restarts: set[str] = set()
        self._next = 1
        self._last: Element | None = None
        if self.root is not None:
            for number in self.root.iterfind(w("num")):
                self._last = number
                number_id = attribute(number, "numId") or "0"
                self._next = max(self._next, int(number_id) + 1)
                if number.find(f"{w('lvlOverride')}/{w('startOverride')}") is not None:
                    self._restarts.add(number_id)
                abstract = attribute(number.find(w("abstractNumId")))
                if abstract is not None:
                    self._abstracts[number_id] = abstract

    def restart(self, base: str | None, level: int = 0) -> str | None:
        """A fresh list in the shape of ``base`` which starts anew at ``level``."""
        abstract = self._abstracts.get(base or "")
        if abstract is None or self._last is None:
            return None
        number_id = str(self._next)
        self._next += 1
        self._abstracts[number_id] = abstract
        number = make(
            "num",
            make("abstractNumId", val=abstract),
            make("lvlOverride", make("startOverride", val="1"), ilvl=str(level)),
            numId=number_id,
        )
        self._last.addnext(number)
        self._last = number
        return number_id

    def restarts(self, number_id: str) -> bool:
        """Whether this numbering was made to start anew."""
        return number_id in self._restarts

    def format_of(self, number_id: str | None, level: int = 0) -> str:
        """``bullet``, ``decimal``… of a list level, or an empty string."""
        abstract_id = self._abstracts.get(number_id or "")
        if abstract_id is None or self.root is None:
            return ""
        for abstract in self.root.iterfind(w("abstractNum")):
            if attribute(abstract, "abstractNumId") == abstract_id:
                for entry in abstract.iterfind(w("lvl")):
                    if attribute(entry, "ilvl") == str(level):
                        return attribute(entry.find(w("numFmt"))) or ""
        return ""

    def restart_in(self, elements: Iterable[Element]) -> None:
        """Give every list in copied elements a numbering of its own."""
        fresh: dict[str, str | None] = {}
        for element in elements:
            for number in element.iter(w("numId")):
                old = attribute(number) or "0"
                if old not in fresh:
                    fresh[old] = self.restart(old)
                if fresh[old]:
                    number.set(w("val"), fresh[old])


def paragraph_style(paragraph: Element) -> str | None:
    """The style id that a paragraph names."""
    return attribute(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))


def set_style(paragraph: Element, style_id: str) -> None:
    """Dress a paragraph in another style."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = make("pPr")
        paragraph.insert(0, properties)
    style = properties.find(w("pStyle"))
    if style is None:
        properties.insert(0, make("pStyle", val=style_id))
    else:
        style.set(w("val"), style_id)


def plain_paragraph(model: Element | None, style_id: str | None) -> Element:
    """An empty paragraph like ``model``, or in a style when there is no model."""
    paragraph = make("p")
    properties = model.find(w("pPr")) if model is not None else None
    if properties is not None:
        paragraph.append(deepcopy(properties))
    if style_id:
        set_style(paragraph, style_id)
    return paragraph
