# SPDX-License-Identifier: EUPL-1.2
"""Reads the content controls of a returned document.

Run as a program (``python -m docgen.engine.reader``) it is the child process in which files from
outside are parsed: it limits its own memory and time first, takes the file on standard input and
answers with JSON. Word, LibreOffice and others save differently: a field goes by its alias, else
its tag, else its binding.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import takewhile
from typing import Any

from casework.register.gate import limit_this_process
from docgen.engine import controls
from docgen.engine.binding import binding_of
from docgen.engine.blocks import BlockReader
from docgen.engine.carriers import Carrier, read_carriers, stories
from docgen.engine.errors import DocumentError, UnreadableDocument, UnsafeFile
from docgen.engine.guard import inspect_ooxml
from docgen.engine.ooxml import Element, attribute, w
from docgen.engine.package import Package
from docgen.engine.properties import read_provenance, read_title
from docgen.engine.remarks import Remark, Remarks
from docgen.engine.richtext import to_html
from docgen.engine.styles import Numbering, Styles, paragraph_style

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 20
_STRICT = "http://purl.oclc.org/ooxml/"
_SKIPPED = {w("del"), w("moveFrom"), w("sectPr")}


@dataclass(slots=True)
class Found:
    """One filled control: its text, and the same as the editor's HTML.

    ``copy`` counts the controls with the same name that stood before it: 0 is the first.
    """

    key: str
    item: str
    text: str
    html: str
    copy: int = 0


@dataclass(slots=True)
class Loose:
    """Text that stands in no field: typed between the controls, or beside one in its line."""

    text: str
    after_key: str
    after_item: str
    style: str = ""
    beside: bool = False


@dataclass(slots=True)
class Reading:
    """Everything that could be read from one document."""

    provenance: dict[str, str]
    title: str
    fields: list[Found] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    styles: dict[str, str] = field(default_factory=dict)
    carriers: list[Carrier] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Reading:
        """The reading that a child process has written."""
        return cls(
            data["provenance"],
            data["title"],
            [Found(**x) for x in data["fields"]],
            [Loose(**x) for x in data["loose"]],
            data["styles"],
            [Carrier(**x) for x in data["carriers"]],
            [Remark(**x) for x in data["remarks"]],
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read: fields of running text, and which text field opens one ("heading" → "body").

    ``keys`` are the names that fields may have. ``headings`` finds fields whose controls are gone:
    the text of a heading, and the field and item that it is.
    """

    rich: frozenset[str] = frozenset()
    opens: dict[str, str] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    headings: dict[str, tuple[str, str]] = field(default_factory=dict)

    def to_json(self) -> str:
        """As an argument of the child process."""
        return json.dumps(
            {
                "rich": sorted(self.rich),
                "opens": self.opens,
                "keys": sorted(self.keys),
                "headings": self.headings,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """What :meth:`to_json` has written."""
        told = json.loads(text)
        headings = {name: (key, item) for name, (key, item) in told["headings"].items()}
        return cls(frozenset(told["rich"]), told["opens"], frozenset(told["keys"]), headings)


class _DocumentReader:
    """Walks one document.

    Paragraphs after a field of running text belong to it, whether they stand in its control or
    not: LibreOffice shrinks a control to its first paragraph, and people write below one.
    """

    def __init__(self, package: Package, plan: Plan) -> None:
        self._package = package
        self._plan = plan
        part = package.document
        self._styles = Styles(package)
        self._blocks = BlockReader(package, part, self._styles, Numbering(package))
        self._level = 1
        self._table = 0
        self._seen: dict[tuple[str, str], int] = {}
        self._rich: dict[tuple[str, str, int], tuple[int, list[Element]]] = {}
        self._open: tuple[str, str, int] | None = None
        self.reading = Reading(read_provenance(package), read_title(package))

    def read(self) -> Reading:
        """The reading of the body, of what stands beside it, and of what cannot be read."""
        reading = self.reading
        body = self._package.xml(self._package.document).find(w("body"))
        if body is not None:
            self._walk(body)
            for root in (body, *(root for _, root in stories(self._package))):
                remarks = Remarks(self._package, self._name, self._plan.opens)
                reading.remarks.extend(remarks.read(root))
        for (key, item, copy), (level, paragraphs) in self._rich.items():
            blocks = self._blocks.blocks(paragraphs, level)
            text = "\n".join(block.text for block in blocks)
            reading.fields.append(Found(key, item, text, to_html(blocks), copy))
        reading.carriers.extend(
            read_carriers(self._package, lambda x: self._name(x)[0], self._plain)
        )
        return reading

    def _name(self, control: Element) -> tuple[str, str]:
        """Key and item of a control: by its alias, else its tag, else its binding."""
        for label in _labels(control):
            key, _, item = label.partition(controls.SEPARATOR)
            if key in self._plan.keys:
                return key, item
        binding = binding_of(control)
        bound = binding.steps[-1][0].rpartition("}")[2] if binding and binding.steps else ""
        return (bound, "") if bound in self._plan.keys else ("", "")

    def _named(self, element: Element) -> list[Element]:
        """The controls of fields below an element that hold no other such control."""
        found = [x for x in element.iter(w("sdt")) if x is not element and self._name(x)[0]]
        outer = {ancestor for x in found for ancestor in x.iterancestors(w("sdt"))}
        return [x for x in found if x not in outer]

    def _walk(self, container: Element) -> None:
        for child in container:
            if child.tag in _SKIPPED:
                continue
            if child.tag == w("sdt"):
                self._control(child)
            elif child.tag == w("p"):
                self._paragraph(child)
            elif child.tag == w("tbl"):
                self._table += 1
                self._walk(child)
                self._table -= 1
            else:
                self._walk(child)

    def _paragraph(self, paragraph: Element) -> None:
        inner = self._named(paragraph)
        rank = self._rank(paragraph)
        text = self._text(paragraph)
        known = self._plan.headings.get(text.strip()) if not inner else None
        if (inner or known) and rank:
            self._level = rank
        if known:
            self._found(*known, text, paragraph)
            return
        for control in inner:
            self._control(control)
        if inner:
            self._beside(paragraph, inner)
            return
        if not text:
            return
        if self._open and not self._table and not self._begins_section(paragraph):
            self._take(*self._open, [paragraph])
            return
        self._open = None if self._begins_section(paragraph) else self._open
        self._loose(text, paragraph)

    def _begins_section(self, paragraph: Element) -> bool:
        """Whether a heading is none inside the text, but one beside it: a new section."""
        return 0 < self._rank(paragraph) <= self._level

    def _rank(self, paragraph: Element) -> int:
        """The level of a heading; 0 for what is none."""
        style = self._styles.name_of(paragraph_style(paragraph))
        return int(style[8:]) if re.fullmatch(r"heading [0-9]", style) else 0

    def _loose(self, text: str, paragraph: Element, *, beside: bool = False) -> None:
        last = self.reading.fields[-1] if self.reading.fields else None
        self.reading.loose.append(
            Loose(
                text,
                last.key if last else "",
                last.item if last else "",
                paragraph_style(paragraph) or "",
                beside,
            )
        )

    def _beside(self, paragraph: Element, inner: list[Element]) -> None:
        """What stands in a field's line outside its control."""
        within = {t for control in inner for t in control.iter(w("t"))}
        text = "".join(
            x.text or ""
            for x in paragraph.iter(w("t"))
            if x not in within and not any(y.tag in _SKIPPED for y in x.iterancestors())
        )
        if text.strip():
            self._loose(text.strip(), paragraph, beside=True)

    def _control(self, control: Element) -> None:
        key, item = self._name(control)
        content = controls.content_of(control)
        if not key or self._named(control):
            self._walk(content)
            return
        paragraphs = list(_paragraphs(content))
        around = paragraphs or list(control.iterancestors(w("p")))[:1]
        if control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None:
            # Emptied in Word: what shows is the program's own prompt.
            self.reading.fields.append(Found(key, item, "", ""))
        elif key in self._plan.rich:
            self._rich_control(key, item, around)
        else:
            self._found(key, item, self._plain(control), around[0] if around else None)

    def _rich_control(self, key: str, item: str, paragraphs: list[Element]) -> None:
        copy = max(self._seen.get((opener, item), 1) for opener in self._openers(key)) - 1
        place = (key, item, copy)
        if place in self._rich and self._open and self._open[0] == key and self._open != place:
            place = self._open  # a text that was copied to below another heading
        own = list(takewhile(lambda x: not self._begins_section(x), paragraphs))
        self._take(*place, own)
        for paragraph in paragraphs[len(own) :]:
            self._open = None
            if text := self._text(paragraph):
                self._loose(text, paragraph)

    def _openers(self, key: str) -> list[str]:
        return [opener for opener, opened in self._plan.opens.items() if opened == key] or [""]

    def _found(self, key: str, item: str, text: str, paragraph: Element | None) -> None:
        copy = self._seen.get((key, item), 0)
        self._seen[key, item] = copy + 1
        if paragraph is not None:
            self.reading.styles.setdefault(key, paragraph_style(paragraph) or "")
        self.reading.fields.append(Found(key, item, text, "", copy))
        opened = self._plan.opens.get(key)
        self._open = (opened, item, copy) if opened else None

    def _take(self, key: str, item: str, copy: int, paragraphs: list[Element]) -> None:
        self._rich.setdefault((key, item, copy), (self._level, []))[1].extend(paragraphs)
        self._open = (key, item, copy)

    def _plain(self, control: Element) -> str:
        content = controls.content_of(control)
        paragraphs = list(_paragraphs(content))
        if paragraphs:
            return "\n".join(self._text(x) for x in paragraphs)
        return "".join(run.text for run in self._blocks.runs(content))

    def _text(self, paragraph: Element) -> str:
        return "".join(run.text for run in self._blocks.runs(paragraph))


def _paragraphs(content: Element) -> Iterator[Element]:
    for child in content:
        if child.tag in _SKIPPED:
            continue
        if child.tag == w("p"):
            yield child
        elif child.tag != w("r"):
            yield from _paragraphs(child)


def _labels(control: Element) -> Iterator[str]:
    """What a control calls itself; some programs drop the tag, some people rename the alias."""
    for name in ("alias", "tag"):
        yield (attribute(control.find(f"{w('sdtPr')}/{w(name)}")) or "").strip()


def read_document(data: bytes, plan: Plan) -> Reading:
    """Read a document in this process. For files of our own making only."""
    package = Package.read(data)
    if any(x.type.startswith(_STRICT) for x in package.relations()):
        raise UnreadableDocument(
            "Filen är sparad som Strikt Open XML. Spara den i Word som vanligt Word-dokument "
            "(.docx) och lämna in den igen."
        )
    return _DocumentReader(package, plan).read()


def answer(data: bytes, plan: Plan) -> dict[str, Any]:
    """The reading of a file from outside, or the reason for none. Whatever it holds, an answer."""
    try:
        inspect_ooxml(io.BytesIO(data))
        return {"reading": asdict(read_document(data, plan))}
    except DocumentError as error:
        return {"error": str(error), "unsafe": isinstance(error, UnsafeFile)}
    except (MemoryError, RecursionError):
        return {"error": "Filen är för tung att läsa.", "unsafe": True}
    except Exception:
        # A damaged file can break any of its parts; which one says nothing to the person.
        return {"error": "Filen är skadad och gick inte att läsa.", "unsafe": False}


def main() -> int:
    """Read standard input, answer on standard output. 0: a reading, 1: a reason."""
    limit_this_process(MEMORY_BYTES, CPU_SECONDS)
    given = answer(sys.stdin.buffer.read(), Plan.from_json(sys.argv[1]))
    json.dump(given, sys.stdout, ensure_ascii=True)
    return 0 if "reading" in given else 1


if __name__ == "__main__":
    sys.exit(main())
