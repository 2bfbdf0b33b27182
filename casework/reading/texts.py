# SPDX-License-Identifier: EUPL-1.2
"""The text of a file, for search, read by a child process: ``python -m casework.reading.texts``.

The files have been through the gate; they are read here with less memory than they might ask for,
a part at a time, and only so far as anybody would search.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from casework.reading.jail import Answer, limit_this_process, serve
from casework.reading.mails import clean_text, decode, read_mail

MEMORY_BYTES = 400 * 1024 * 1024
DATA_BYTES = 150 * 1024 * 1024
CPU_SECONDS = 10
MOST_TEXT = 500_000
"""Characters that are kept of one file."""
_CHUNK = 64 * 1024
_MOST_XML = 30 * 1024 * 1024

READ, EMPTY, UNREADABLE = "read", "empty", "unreadable"


class Unreadable(Exception):
    """The file holds no text that we can read."""


class _Enough(Exception):
    """As much was read as is kept."""


class _Words:
    """Collects the text of XML, some elements of which hold it and some of which end a line."""

    def __init__(self, holding: frozenset[str], ending: frozenset[str]) -> None:
        self.holding, self.ending = holding, ending
        self.found: list[str] = []
        self.length = self.depth = 0

    def read(self, archive: zipfile.ZipFile, name: str) -> None:
        """Read one part of a package."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        # An entity declared in the file itself: none of ours has any.
        parser.EntityDeclHandler = self._refuse
        self.depth = total = 0
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                total += len(chunk)
                if total > _MOST_XML:
                    return
                parser.Parse(chunk)
        parser.Parse(b"", True)

    def _refuse(self, *_declared: object) -> None:
        raise Unreadable

    def _begin(self, name: str, _attributes: dict[str, str]) -> None:
        if name in self.holding:
            self.depth += 1
        elif name in {"w:tab", "text:tab", "text:s"}:
            self.found.append(" ")
        elif name in {"w:br", "text:line-break", "a:br"}:
            self.found.append("\n")

    def _end(self, name: str) -> None:
        if name in self.holding:
            self.depth -= 1
        if name in self.ending:
            self.found.append("\n")

    def _say(self, data: str) -> None:
        if self.depth:
            self.found.append(data)
            self.length += len(data)
            if self.length > MOST_TEXT:
                raise _Enough

    def text(self) -> str:
        """All that was collected."""
        return "".join(self.found)


def _package(pattern: str, holding: set[str], ending: set[str]) -> Callable[[bytes], str]:
    """A reader of zipped XML."""
    wanted = re.compile(pattern)

    def read(data: bytes) -> str:
        words = _Words(frozenset(holding), frozenset(ending))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [x for x in archive.namelist() if wanted.fullmatch(x)]
            if not names:
                raise Unreadable
            try:
                for name in sorted(names, key=lambda x: (len(x), x)):
                    words.read(archive, name)
            except _Enough:
                pass
        return words.text()

    return read


def _pdf(data: bytes) -> str:
    import pypdfium2  # only PDFs need it

    found: list[str] = []
    length = 0
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage().get_text_range().replace("\r\n", "\n")
        found.append(f"{text}\n")
        length += len(text)
        if length > MOST_TEXT:
            break
    return "".join(found)


def _plain(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return decode(data.removeprefix(b"\xef\xbb\xbf"), None)


def _mail(data: bytes) -> str:
    told, _files = read_mail(data)
    return f"{told['title']}\n{told['text']}"


_OF_ODF = ({"text:p", "text:h"}, {"text:p", "text:h"})
READERS: dict[str, Callable[[bytes], str]] = {
    ".docx": _package(
        r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml", {"w:t"}, {"w:p"}
    ),
    ".pptx": _package(r"ppt/slides/slide\d+\.xml", {"a:t"}, {"a:p"}),
    ".xlsx": _package(r"xl/sharedStrings\.xml", {"t"}, {"si"}),
    ".odt": _package(r"content\.xml", *_OF_ODF),
    ".ods": _package(r"content\.xml", *_OF_ODF),
    ".pdf": _pdf,
    ".txt": _plain,
    ".eml": _mail,
}
"""By what a file's name ends in."""


def text_of(data: bytes, suffix: str) -> str:
    """The text of a file.

    Raises:
        Unreadable: it is broken, locked, or of a kind that holds no text.
    """
    reader = READERS.get(suffix)
    if reader is None:
        raise Unreadable
    try:
        return clean_text(reader(data)[:MOST_TEXT])
    except (MemoryError, RecursionError, Unreadable):
        raise
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, ValueError) as error:
        raise Unreadable from error
    except Exception as error:  # a reader of PDF raises what a broken one makes it raise
        raise Unreadable from error


def answer(question: dict[str, Any], data: bytes) -> Answer:
    """The text of one file as bytes, and how it went."""
    try:
        text = text_of(data, str(question["suffix"]))
    except Unreadable:
        return {"state": UNREADABLE}, b""
    return {"state": READ if text else EMPTY}, text.encode("utf-8", "replace")


def main() -> None:
    """Answer about files on standard input."""
    limit_this_process(MEMORY_BYTES, DATA_BYTES)
    serve(answer, seconds=CPU_SECONDS)


if __name__ == "__main__":
    main()
