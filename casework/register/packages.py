# SPDX-License-Identifier: EUPL-1.2
"""What a zipped document's directory tells before anything in it is opened.

Small files can unpack to gigabytes or carry programs. Only the directory is read here; pure Python,
since both the register's uploads and the reader of returned documents ask.
"""

from __future__ import annotations

import posixpath
import re
import zipfile

MAX_ENTRIES = 1_000
MAX_TOTAL = 200 * 1024 * 1024
MAX_XML_PART = 30 * 1024 * 1024
#: Lists of links and of content types: a genuine one has a few kilobytes.
MAX_INDEX_PART = 1024 * 1024
_INDEXES = (".rels", "[content_types].xml", "manifest.xml")
MAX_RATIO = 120
# Tiny parts of repeated text pack very well; the ratio says something only from this size on.
_RATIO_FROM = 512 * 1024
_MAX_NAME = 240
_BAD_NAME = re.compile(r"[\\:\x00-\x1f]")
_MACRO = re.compile(r"vbaproject|vbadata|/activex|/macrosheets|\.bas$|\.ps1$|\.vbs$|\.js$|\.exe$")


class UnsafePackage(Exception):
    """The file may not be opened; the message is a Swedish sentence about "Filen"."""


def check_directory(archive: zipfile.ZipFile) -> frozenset[str]:
    """The folded names of the parts, once the directory is found harmless.

    Raises:
        UnsafePackage: too many or too large parts, odd names, encryption, or programs inside.
    """
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UnsafePackage(f"Filen har {len(entries)} delar; högst {MAX_ENTRIES} är tillåtna.")
    seen: set[str] = set()
    total = 0
    for entry in entries:
        name = entry.orig_filename
        _check_name(name)
        folded = name.casefold()
        if folded in seen:
            raise UnsafePackage("Filen innehåller samma del två gånger.")
        seen.add(folded)
        if entry.flag_bits & 0x1:
            raise UnsafePackage("Filen är krypterad. Spara den utan lösenord.")
        total += entry.file_size
        if total > MAX_TOTAL:
            raise UnsafePackage("Filen blir för stor när den packas upp.")
        if folded.endswith(_INDEXES) and entry.file_size > MAX_INDEX_PART:
            raise UnsafePackage("Filen har en del som blir för stor när den packas upp.")
        if folded.endswith(".xml") and entry.file_size > MAX_XML_PART:
            raise UnsafePackage("Filen har en del som blir för stor när den packas upp.")
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(
            entry.compress_size, 1
        ):
            raise UnsafePackage(
                "Filen är packad på ett sätt som inte förekommer i vanliga dokument."
            )
        if _MACRO.search(folded):
            raise UnsafePackage(
                "Filen innehåller makron eller program. Spara den utan makron (.docx)."
            )
    return frozenset(seen)


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
        raise UnsafePackage("Filen har delar med otillåtna namn.")
