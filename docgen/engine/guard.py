# SPDX-License-Identifier: EUPL-1.2
"""Looks at an Office file from outside before anything opens it.

Small files can unpack to gigabytes, carry programs or fetch things from the net. What is measured
here is the zip directory, the relations and the content types; document text is not parsed.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import IO

from lxml import etree

from docgen.engine.errors import UnsafeFile
from docgen.engine.ooxml import PKG_REL, parse_xml

MAX_ENTRIES = 1_000
MAX_TOTAL = 200 * 1024 * 1024
MAX_XML_PART = 30 * 1024 * 1024
MAX_RATIO = 120
# Tiny parts of repeated text pack very well; the ratio says something only from this size on.
_RATIO_FROM = 512 * 1024
_MAX_NAME = 240
_BAD_NAME = re.compile(r"[\\:\x00-\x1f]")
_MACRO = re.compile(r"vbaproject|vbadata|/activex|/macrosheets|\.bas$|\.ps1$|\.vbs$|\.js$|\.exe$")
_MACRO_TYPES = re.compile(rb"macroEnabled|ms-office\.vbaProject|ms-office\.activeX|oleObject")
_MAIN = re.compile(r"^/?(word|xl|ppt)/", re.IGNORECASE)
# A link is followed only when somebody clicks it; these would run something then.
_RUNNING = ("javascript:", "vbscript:", "data:")


def inspect_ooxml(fileobj: IO[bytes]) -> None:
    """Raise :class:`UnsafeFile` with a Swedish reason unless the file may be opened.

    Reads from the start and leaves the position there.
    """
    fileobj.seek(0)
    try:
        with zipfile.ZipFile(fileobj) as archive:
            _check_directory(archive)
            _check_content(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise UnsafeFile("Filen är inte en hel Office-fil (.docx, .xlsx eller .pptx).") from error
    finally:
        fileobj.seek(0)


def _check_directory(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UnsafeFile(f"Filen har {len(entries)} delar; högst {MAX_ENTRIES} är tillåtna.")
    seen: set[str] = set()
    total = 0
    for entry in entries:
        name = entry.orig_filename
        _check_name(name)
        folded = name.casefold()
        if folded in seen:
            raise UnsafeFile("Filen innehåller samma del två gånger.")
        seen.add(folded)
        if entry.flag_bits & 0x1:
            raise UnsafeFile("Filen är krypterad. Spara den utan lösenord.")
        total += entry.file_size
        if total > MAX_TOTAL:
            raise UnsafeFile("Filen blir för stor när den packas upp.")
        if folded.endswith((".xml", ".rels")) and entry.file_size > MAX_XML_PART:
            raise UnsafeFile("Filen har en del som blir för stor när den packas upp.")
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(
            entry.compress_size, 1
        ):
            raise UnsafeFile("Filen är packad på ett sätt som inte förekommer i vanliga dokument.")
        if _MACRO.search(folded):
            raise UnsafeFile(
                "Filen innehåller makron eller program. Spara den utan makron (.docx)."
            )
    if "[content_types].xml" not in seen or not any(_MAIN.match(x) for x in seen):
        raise UnsafeFile("Filen är inte en Office-fil (.docx, .xlsx eller .pptx).")


def _check_name(name: str) -> None:
    parts = name.split("/")
    if (
        not name
        or len(name) > _MAX_NAME
        or name.startswith("/")
        or ".." in parts
        or _BAD_NAME.search(name)
        or posixpath.normpath(name) != name.rstrip("/")
    ):
        raise UnsafeFile("Filen har delar med otillåtna namn.")


def _check_content(archive: zipfile.ZipFile) -> None:
    types = archive.read("[Content_Types].xml")
    if _MACRO_TYPES.search(types):
        raise UnsafeFile("Filen innehåller makron eller program. Spara den utan makron (.docx).")
    for entry in archive.infolist():
        if entry.filename.casefold().endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                head = part.read(4096)
            # Text in two bytes a letter hides the same words; drop the zero bytes before looking.
            if b"<!DOCTYPE" in head.replace(b"\x00", b"").upper():
                raise UnsafeFile("Filen har en del med otillåten XML (DTD).")
        if entry.filename.casefold().endswith(".rels"):
            _check_relations(archive.read(entry))


def _check_relations(data: bytes) -> None:
    try:
        root = parse_xml(data)
    except etree.XMLSyntaxError as error:
        raise UnsafeFile("Filens inre länkar går inte att läsa.") from error
    for relation in root.iter(f"{{{PKG_REL}}}Relationship"):
        if relation.get("TargetMode") != "External":
            continue
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "").strip().casefold()
        if kind == "attachedTemplate":
            raise UnsafeFile(
                "Filen är kopplad till en mall på en annan plats. Ta bort kopplingen "
                "(Utvecklare – Dokumentmall) och spara igen."
            )
        if kind != "hyperlink":
            raise UnsafeFile(
                "Filen hämtar något utifrån, till exempel en bild. Bädda in det i filen i stället."
            )
        if target.startswith(_RUNNING):
            raise UnsafeFile("Filen har en länk som kör kod.")
