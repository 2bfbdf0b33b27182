# SPDX-License-Identifier: EUPL-1.2
"""Reads the content controls of a returned document.

Run as a program (``python -m docgen.engine.reader``) it is the child process in which files from
outside are parsed: it limits its own memory and time first, takes the file on standard input and
answers with JSON. Word, LibreOffice and others save differently; only the alias is relied on.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from casework.register.gate import limit_this_process
from docgen.engine import controls
from docgen.engine.blocks import BlockReader
from docgen.engine.errors import DocumentError
from docgen.engine.guard import inspect_ooxml
from docgen.engine.ooxml import Element, w
from docgen.engine.package import Package
from docgen.engine.properties import read_provenance, read_title
from docgen.engine.richtext import to_html
from docgen.engine.styles import Numbering, Styles, paragraph_style

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 20
_SKIPPED = {w("del"), w("moveFrom"), w("sectPr")}


@dataclass(slots=True)
class Found:
    """One filled control: its text, and the same as the editor's HTML."""

    key: str
    item: str
    text: str
    html: str


@dataclass(slots=True)
class Loose:
    """Text that stands in no field: typed between the controls."""

    text: str
    after_key: str
    after_item: str


@dataclass(slots=True)
class Reading:
    """Everything that could be read from one document."""

    provenance: dict[str, str]
    title: str
    fields: list[Found] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Reading:
        """The reading that a child process has written."""
        return cls(
            data["provenance"],
            data["title"],
            [Found(**x) for x in data["fields"]],
            [Loose(**x) for x in data["loose"]],
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Which fields hold running text, and which text field opens one ("heading" → "body")."""

    rich: frozenset[str] = frozenset()
    opens: dict[str, str] = field(default_factory=dict)


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
        self._rich: dict[tuple[str, str], tuple[int, list[Element]]] = {}
        self._open: tuple[str, str] | None = None
        self.reading = Reading(read_provenance(package), read_title(package))

    def read(self) -> Reading:
        """The reading of the whole body."""
        body = self._package.xml(self._package.document).find(w("body"))
        if body is not None:
            self._walk(body)
        for (key, item), (level, paragraphs) in self._rich.items():
            blocks = self._blocks.blocks(paragraphs, level)
            text = "\n".join(block.text for block in blocks)
            self.reading.fields.append(Found(key, item, text, to_html(blocks)))
        return self.reading

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
        inner = controls.outermost(paragraph)
        style = self._styles.name_of(paragraph_style(paragraph))
        if inner and style.startswith("heading ") and style[8:].isdigit():
            self._level = int(style[8:])
        for control in inner:
            self._control(control)
        if inner or not (text := self._text(paragraph)):
            return
        if self._open and not self._table:
            self._take(*self._open, [paragraph])
            return
        last = self.reading.fields[-1] if self.reading.fields else None
        self.reading.loose.append(Loose(text, last.key if last else "", last.item if last else ""))

    def _control(self, control: Element) -> None:
        key, item = controls.key_of(control), controls.item_of(control)
        content = controls.content_of(control)
        if not key or content.find(f".//{w('sdt')}") is not None:
            self._walk(content)
            return
        if control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None:
            # Emptied in Word: what shows is the program's own prompt.
            self.reading.fields.append(Found(key, item, "", ""))
            return
        paragraphs = list(_paragraphs(content))
        if key in self._plan.rich:
            self._take(key, item, paragraphs or list(control.iterancestors(w("p")))[:1])
            return
        if paragraphs:
            text = "\n".join(self._text(x) for x in paragraphs)
        else:
            text = "".join(run.text for run in self._blocks.runs(content))
        self.reading.fields.append(Found(key, item, text, ""))
        opened = self._plan.opens.get(key)
        self._open = (opened, item) if opened else None

    def _take(self, key: str, item: str, paragraphs: list[Element]) -> None:
        self._rich.setdefault((key, item), (self._level, []))[1].extend(paragraphs)
        self._open = (key, item)

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


def read_document(data: bytes, plan: Plan) -> Reading:
    """Read a document in this process. For files of our own making only."""
    return _DocumentReader(Package.read(data), plan).read()


def main() -> int:
    """Read standard input, answer on standard output. 0: a reading, 1: a reason."""
    limit_this_process(MEMORY_BYTES, CPU_SECONDS)
    told = json.loads(sys.argv[1])
    plan = Plan(frozenset(told["rich"]), told["opens"])
    data = sys.stdin.buffer.read()
    try:
        inspect_ooxml(io.BytesIO(data))
        answer: dict[str, Any] = {"reading": asdict(read_document(data, plan))}
    except DocumentError as error:
        answer = {"error": str(error), "unsafe": type(error).__name__ == "UnsafeFile"}
    except (MemoryError, RecursionError):
        answer = {"error": "Filen är för tung att läsa.", "unsafe": True}
    json.dump(answer, sys.stdout, ensure_ascii=True)
    return 0 if "reading" in answer else 1


if __name__ == "__main__":
    sys.exit(main())
