# SPDX-License-Identifier: EUPL-1.2
"""Looks at an Office file from outside before anything opens it.

A file may carry programs or fetch things from the net. What is looked at here, after the directory,
is the relations and the content types; document text is not parsed.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO

from lxml import etree

from casework.register.packages import UnsafePackage, check_directory
from docgen.engine.errors import UnsafeFile
from docgen.engine.ooxml import PKG_REL, parse_xml

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
            parts = check_directory(archive)
            if "[content_types].xml" not in parts or not any(_MAIN.match(x) for x in parts):
                raise UnsafeFile("Filen är inte en Office-fil (.docx, .xlsx eller .pptx).")
            _check_content(archive)
    except UnsafePackage as error:
        raise UnsafeFile(str(error)) from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise UnsafeFile("Filen är inte en hel Office-fil (.docx, .xlsx eller .pptx).") from error
    finally:
        fileobj.seek(0)


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
