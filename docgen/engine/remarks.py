# SPDX-License-Identifier: EUPL-1.2
"""What a returned document holds that a report's text cannot: told, never lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docgen.engine.ooxml import Element, attribute, run_text, w
from docgen.engine.package import Package
from docgen.engine.styles import part_of

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_KINDS = {
    w("ins"): "inserted",
    w("moveTo"): "inserted",
    w("del"): "deleted",
    w("moveFrom"): "deleted",
    w("pPrChange"): "redressed",
    w("rPrChange"): "redressed",
    w("commentReference"): "comment",
    w("footnoteReference"): "footnote",
    w("endnoteReference"): "footnote",
    w("drawing"): "picture",
    w("pict"): "picture",
    w("object"): "picture",
    w("sym"): "symbol",
    w("u"): "underlined",
    w("strike"): "struck",
    w("dstrike"): "struck",
    w("vanish"): "hidden",
    f"{_MATH}oMath": "equation",
}
_TOGGLES = frozenset({"underlined", "struck", "hidden"})
_NOTES = {
    w("commentReference"): ("comments", "comment"),
    w("footnoteReference"): ("footnotes", "footnote"),
    w("endnoteReference"): ("endnotes", "endnote"),
}
#: Kinds after which the text that is taken over says less than the file, or more than is settled.
LOSSES = frozenset(_KINDS.values()) - {"comment", "redressed"} | {"table", "textbox"}
_LONGEST = 300


@dataclass(slots=True)
class Remark:
    """One thing, the field in which it stands (or the last one before it), and its words."""

    kind: str
    key: str
    item: str
    text: str = ""


class Remarks:
    """Goes through a body once, in the order of the document."""

    def __init__(
        self,
        package: Package,
        place_of: Callable[[Element], tuple[str, str]],
        opens: dict[str, str],
    ) -> None:
        self._package = package
        self._place_of = place_of
        self._opens = opens
        self._here = ("", "")

    def read(self, body: Element) -> Iterator[Remark]:
        """All remarks below an element."""
        for child in body:
            yield from self._element(child)

    def _element(self, element: Element) -> Iterator[Remark]:
        if not isinstance(element.tag, str) or element.tag == _FALLBACK:
            return
        if element.tag == w("sdt"):
            place = self._place_of(element)
            if place[0]:
                self._here = place
        kind = _KINDS.get(element.tag, "")
        if element.tag == w("tbl") and not any(
            self._place_of(x)[0] for x in element.iter(w("sdt"))
        ):
            kind = "table"
        elif kind == "picture" and element.find(f".//{w('txbxContent')}") is not None:
            kind = "textbox"
        if kind and not (kind in _TOGGLES and not _is_on(element)):
            yield Remark(kind, *self._here, self._text(element, kind)[:_LONGEST])
        if kind not in ("picture", "textbox", "equation", "deleted"):
            yield from self.read(element)
        if element.tag == w("p"):
            # What follows a heading stands in the text below it, whether in its control or not.
            opened = self._opens.get(self._here[0])
            self._here = (opened, self._here[1]) if opened else self._here

    def _text(self, element: Element, kind: str) -> str:
        if element.tag in _NOTES:
            return self._note(*_NOTES[element.tag], attribute(element, "id"))
        if kind in _TOGGLES or kind == "redressed":
            run = next(element.iterancestors(w("r")), None)
            return run_text(run) if run is not None else ""
        if kind == "symbol":
            return f"{attribute(element, 'font') or ''} {attribute(element, 'char') or ''}".strip()
        if kind == "picture":
            described = next((x for x in element.iter() if x.get("descr")), None)
            return described.get("descr", "") if described is not None else ""
        return _words(element)

    def _note(self, part: str, name: str, number: str | None) -> str:
        where = part_of(self._package, part)
        if where is None or where not in self._package:
            return ""
        for note in self._package.xml(where).iter(w(name)):
            if attribute(note, "id") == number:
                author = attribute(note, "author")
                return f"{author}: {_words(note)}" if author else _words(note)
        return ""


def _words(element: Element) -> str:
    """All words below an element, the deleted and those of equations too."""
    texts = (w("t"), w("delText"), f"{_MATH}t")
    paragraphs = list(element.iter(w("p"))) or [element]
    lines = ("".join(x.text or "" for x in p.iter(*texts)) for p in paragraphs)
    return " ".join(" ".join(line for line in lines if line).split())


def _is_on(element: Element) -> bool:
    if element.tag == w("u") and next(element.iterancestors(w("hyperlink")), None) is not None:
        return False
    # Settings that stand on a paragraph's mark dress no text.
    if next(element.iterancestors(w("r")), None) is None:
        return False
    return (attribute(element) or "1") not in ("0", "false", "off", "none")
