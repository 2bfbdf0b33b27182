# SPDX-License-Identifier: EUPL-1.2
"""What a file from outside holds, looked at by a child process with limits.

Officials open these files in Word, so what a file may do there counts: run programs, fetch things
from the net, or unpack to more than the machine holds. Plain Python without Django, since it runs
as ``python -m casework.register.gate .docx`` with the file on standard input. The reader of
returned reports asks the same.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

from lxml import etree

from casework.reading.jail import Answer, serve
from casework.register.packages import UnsafePackage, check_directory

MAX_PIXELS = 60_000_000
MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 8
_UNLIMITED = -1  # RLIM_INFINITY

_PKG_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_MACRO_TYPES = re.compile(rb"macroEnabled|ms-office\.vbaProject|ms-office\.activeX|oleObject")
_MAIN = re.compile(r"^/?(word|xl|ppt)/", re.IGNORECASE)
# A link is followed only when somebody clicks it; these would run something then.
_RUNNING = ("javascript:", "vbscript:", "data:")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIELD = re.compile(
    rb"""<w:instrText[^>]*>([^<]*)<|<w:fldSimple[^>]*\sw:instr=["']([^"']*)|(ddeLink\b)"""
)
_ODF_TYPES = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_ODF_OUTSIDE = re.compile(
    rb"""<draw:(?:image|object|object-ole|plugin|applet)\b[^>]*xlink:href=["'](?!\.?/?(?:Pictures|Object|#))"""
)
_ODF_SCRIPT = re.compile(rb"<script:|<office:script\b|script:event-listener")
_PDF_RUNNING = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)(?![A-Za-z])")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"PK\x03\x04", b"%PDF-", _OLE, b"#!")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|script|svg|\?php|\?xml)", re.IGNORECASE)

PROGRAMS = "Filen innehåller makron eller program. Spara den utan makron (.docx)."
OBJECT = "Filen har ett inbäddat objekt (OLE). Ta bort det eller spara filen som PDF."
NOT_OFFICE = "Filen är inte en Office-fil (.docx, .xlsx eller .pptx)."
BROKEN_OFFICE = "Filen är inte en hel Office-fil (.docx, .xlsx eller .pptx)."


def inspect(data: bytes, suffix: str) -> None:
    """Look into a file whose name ends in *suffix*.

    Raises:
        UnsafePackage: a Swedish sentence about "Filen" that says what is wrong and what to do.
    """
    _KINDS[suffix](data)


def inspect_office(fileobj: IO[bytes]) -> None:
    """Look into a Word, Excel or PowerPoint file; leaves the position at the start."""
    fileobj.seek(0)
    try:
        with zipfile.ZipFile(fileobj) as archive:
            parts = check_directory(archive)
            if "[content_types].xml" not in parts or not any(_MAIN.match(x) for x in parts):
                raise UnsafePackage(NOT_OFFICE)
            if _MACRO_TYPES.search(archive.read("[Content_Types].xml")):
                raise UnsafePackage(PROGRAMS)
            for entry in archive.infolist():
                _check_part(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise UnsafePackage(BROKEN_OFFICE) from error
    finally:
        fileobj.seek(0)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    name = entry.filename.casefold()
    with archive.open(entry) as part:
        if part.read(len(_OLE)) == _OLE:
            raise UnsafePackage(OBJECT)
    if not name.endswith((".xml", ".rels")):
        return
    with archive.open(entry) as part:
        _check_prolog(part)
    if name.endswith(".rels"):
        _check_relations(archive.read(entry))
    elif name.startswith(("word/", "xl/")):
        _check_fields(archive.read(entry))


class _Begun(Exception):
    """The document's first element: a DTD can no longer come."""


def _check_prolog(part: IO[bytes]) -> None:
    """Refuse a DTD wherever it stands before the first element, in any encoding."""
    parser = expat.ParserCreate()

    def refuse(*_declared: object) -> None:
        raise UnsafePackage("Filen har en del med otillåten XML (DTD).")

    def begin(*_element: object) -> None:
        raise _Begun

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    try:
        while chunk := part.read(65_536):
            parser.Parse(chunk)
    except _Begun:
        return
    except (expat.ExpatError, LookupError) as error:
        raise UnsafePackage("Filen har en del som inte går att läsa.") from error


def _check_relations(data: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnsafePackage("Filens inre länkar går inte att läsa.") from error
    for relation in root.iter(f"{{{_PKG_REL}}}Relationship"):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in {"oleObject", "aFChunk"}:
            raise UnsafePackage(OBJECT)
        if relation.get("TargetMode", "").casefold() == "external":
            _check_outside(kind, re.sub(r"[\s\x00-\x1f]", "", relation.get("Target", "")))


def _check_outside(kind: str, target: str) -> None:
    if kind == "attachedTemplate":
        raise UnsafePackage(
            "Filen är kopplad till en mall på en annan plats. Ta bort kopplingen "
            "(Utvecklare – Dokumentmall) och spara igen."
        )
    if kind != "hyperlink":
        raise UnsafePackage(
            "Filen hämtar något utifrån, till exempel en bild. Bädda in det i filen i stället."
        )
    if target.casefold().startswith(_RUNNING):
        raise UnsafePackage("Filen har en länk som kör kod.")


def _check_fields(data: bytes) -> None:
    """Refuse fields that start programs (DDE), also where the word is cut into runs."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    found = b"".join(b"".join(groups) for groups in _FIELD.findall(data)).upper()
    if b"DDE" in re.sub(rb"[\s\"]", b"", found):
        raise UnsafePackage(PROGRAMS)


def _odf(suffix: str) -> Callable[[bytes], None]:
    def look(data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = check_directory(archive)
                if archive.read("mimetype").strip() != _ODF_TYPES[suffix]:
                    raise UnsafePackage("Filen är inte den sorts fil som namnet säger.")
                if any(part.startswith(("basic/", "scripts/", "dialogs/")) for part in parts):
                    raise UnsafePackage(PROGRAMS.replace(".docx", suffix))
                for entry in archive.infolist():
                    if entry.filename.endswith(".xml"):
                        with archive.open(entry) as part:
                            _check_prolog(part)
                        _check_odf_part(archive.read(entry), suffix)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
            raise UnsafePackage("Filen går inte att läsa. Spara den på nytt.") from error

    return look


def _check_odf_part(data: bytes, suffix: str) -> None:
    if _ODF_SCRIPT.search(data):
        raise UnsafePackage(PROGRAMS.replace(".docx", suffix))
    if _ODF_OUTSIDE.search(data):
        raise UnsafePackage(
            "Filen hämtar något utifrån, till exempel en bild. Bädda in det i filen i stället."
        )
    if b"<manifest:encryption-data" in data:
        raise UnsafePackage("Filen är krypterad. Spara den utan lösenord.")


def _pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-4096:]:
        raise UnsafePackage("Filen är avbruten: slutet saknas. Hämta eller spara den på nytt.")
    outside_streams = _PDF_STREAM.sub(b"", data)
    # Names may be written with codes: /J#61vaScript.
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), outside_streams)
    if _PDF_RUNNING.search(plain) or any(map(_PDF_RUNNING.search, _object_streams(data))):
        raise UnsafePackage("Filen kör skript eller program. Skriv ut den som PDF på nytt.")


def _object_streams(data: bytes) -> list[bytes]:
    """What the compressed lists of objects hold; pictures and text are not unpacked."""
    found = []
    for match in _PDF_STREAM.finditer(data):
        if b"/ObjStm" in data[max(0, match.start() - 400) : match.start()]:
            unpack = zlib.decompressobj()
            try:
                found.append(unpack.decompress(match[1], 4 * 1024 * 1024))
            except zlib.error:
                continue
    return found


def _picture(*formats: str) -> Callable[[bytes], None]:
    def look(data: bytes) -> None:
        from PIL import Image  # only pictures need it, and it is not quick to load

        Image.MAX_IMAGE_PIXELS = None  # we count ourselves, before anything is unpacked
        try:
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
                kind = picture.format
        except (OSError, ValueError, SyntaxError, OverflowError) as error:
            raise UnsafePackage("Filen är inte en hel bild. Spara den på nytt.") from error
        if kind not in formats:
            raise UnsafePackage("Filen är inte den sorts fil som namnet säger.")
        if width * height > MAX_PIXELS:
            raise UnsafePackage(
                f"Filen är en bild på {width} × {height} punkter. Minska den och försök igen."
            )

    return look


def _text(data: bytes) -> None:
    start = data[:4096].lstrip(b"\xef\xbb\xbf")
    two_bytes = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if (
        start.startswith(_PROGRAM_STARTS)
        or _MARKUP.match(start)
        or (b"\0" in data and not two_bytes)
    ):
        raise UnsafePackage("Filen är inte ren text.")


def _mail(data: bytes) -> None:
    if b"\0" in data or not re.match(rb"(?:From |[!-9;-~]+:)", data.lstrip()):
        raise UnsafePackage("Filen är inte ett sparat e-brev (.eml).")


def _office(data: bytes) -> None:
    inspect_office(io.BytesIO(data))


_KINDS: dict[str, Callable[[bytes], None]] = {
    ".docx": _office,
    ".xlsx": _office,
    ".pptx": _office,
    ".odt": _odf(".odt"),
    ".ods": _odf(".ods"),
    ".pdf": _pdf,
    ".png": _picture("PNG"),
    ".jpg": _picture("JPEG", "MPO"),
    ".jpeg": _picture("JPEG", "MPO"),
    ".tif": _picture("TIFF"),
    ".tiff": _picture("TIFF"),
    ".txt": _text,
    ".eml": _mail,
}


HEAVY = "Filen är för tung att läsa."


def limit_this_process(memory: int = MEMORY_BYTES, seconds: int = CPU_SECONDS) -> None:
    """Let this process have so much memory and time, and write no file."""
    try:
        import resource
    except ImportError:  # not a Unix: the parent's timeout still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def fault_of(data: bytes, suffix: str) -> str:
    """What is wrong with a file; nothing if it may be kept."""
    try:
        inspect(data, suffix)
    except UnsafePackage as error:
        return str(error)
    return ""


def answer(question: dict[str, Any], data: bytes) -> Answer:
    """As one of many files that come in at once."""
    return {"fault": fault_of(data, str(question["suffix"]))}, b""


def main() -> int:
    """Read the file on standard input and answer with its fault, or with nothing.

    With ``--serve`` answer about one file after the other (:mod:`casework.reading.jail`).
    """
    if sys.argv[1] == "--serve":
        # Each file gets seconds of its own; all of them together have no limit.
        limit_this_process(seconds=_UNLIMITED)
        serve(answer, seconds=CPU_SECONDS)
        return 0
    limit_this_process()
    try:
        fault = fault_of(sys.stdin.buffer.read(), sys.argv[1])
    except (MemoryError, RecursionError):
        fault = HEAVY
    json.dump({"fault": fault}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
