# SPDX-License-Identifier: EUPL-1.2
"""The gate for files from outside: size and kind here, what is inside in a child process.

Kinds are told by the file's first bytes, not by what the sender says. Nothing is parsed in this
process: a file that is heavy or hostile ends its child, not the web server; see
docs/mechanisms/files.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from casework.reading.jail import Broken, Jail

SECONDS = 15
_ROOT = Path(__file__).resolve().parents[2]
OOXML = "application/vnd.openxmlformats-officedocument."
ALLOWED: dict[str, tuple[bytes, str]] = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".docx": (b"PK\x03\x04", f"{OOXML}wordprocessingml.document"),
    ".xlsx": (b"PK\x03\x04", f"{OOXML}spreadsheetml.sheet"),
    ".pptx": (b"PK\x03\x04", f"{OOXML}presentationml.presentation"),
    ".odt": (b"PK\x03\x04", "application/vnd.oasis.opendocument.text"),
    ".ods": (b"PK\x03\x04", "application/vnd.oasis.opendocument.spreadsheet"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    ".tif": (b"", "image/tiff"),  # two byte orders, so the child tells
    ".tiff": (b"", "image/tiff"),
    ".txt": (b"", "text/plain"),
    ".eml": (b"", "message/rfc822"),
}
MACRO_KINDS = frozenset({".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm", ".ppsm", ".xlam"})


def shown_name(file: File[bytes]) -> str:
    """The sender's name for a file as it may be kept: its end, in signs that are seen.

    Signs that turn the direction of writing would show another kind than the file is of.
    """
    name = PurePath(file.name or "fil").name
    seen = "".join(x for x in name if unicodedata.category(x) not in {"Cc", "Cf", "Zl", "Zp"})
    return seen[-200:] if seen.strip() else "fil"


class PassedFile(SimpleUploadedFile):
    """A file that is ours, or that went through the gate when it came in."""


Gate = Callable[[bytes, str], str]
"""Looks into a file whose name ends so, and tells what is wrong with it."""


def check_upload(file: UploadedFile, gate: Gate | None = None) -> str:
    """Return the content type under which the file may be kept.

    Args:
        gate: for many files at once (:class:`ManyFiles`); each has a child of its own unless told.

    Raises:
        ValidationError: with a Swedish sentence that names the file and says how to go on.
    """
    if isinstance(file, PassedFile):
        return file.content_type or "application/octet-stream"
    name = shown_name(file)
    limit = settings.MAX_ATTACHMENT_BYTES
    if (file.size or 0) > limit:
        raise _refused(
            _("%(name)s är %(size)s MB. Största tillåtna storlek är %(limit)s MB."),
            name,
            size=f"{(file.size or 0) / 1024 / 1024:.0f}",
            limit=limit // (1024 * 1024),
        )
    if not file.size:
        raise _refused(_("%(name)s är tom."), name)
    suffix = PurePath(name).suffix.lower()
    if suffix in MACRO_KINDS:
        raise _refused(
            _("%(name)s kan innehålla makron. Spara den som vanlig fil eller PDF och försök igen."),
            name,
        )
    if suffix not in ALLOWED:
        raise _refused(
            _("%(name)s är av ett slag som inte tas emot. Skicka PDF, Word, Excel eller bild."),
            name,
        )
    signature, content_type = ALLOWED[suffix]
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    if not start.startswith(signature):
        raise _refused(_("%(name)s är inte den sorts fil som namnet säger."), name)
    file.seek(0)
    fault = (gate or _in_a_child)(file.read(), suffix)
    file.seek(0)
    if fault:
        raise _refused("%(name)s: %(reason)s", name, reason=fault)
    return content_type


class ManyFiles(Jail):
    """The gate for files that come in many at once: one child looks into one after the other."""

    def __init__(self) -> None:
        super().__init__("casework.register.gate", "--serve", seconds=SECONDS)

    def __call__(self, data: bytes, suffix: str) -> str:
        """What is wrong with a file; nothing if it may be kept."""
        try:
            fault = self.ask({"suffix": suffix}, data)[0]["fault"]
        except Broken:
            return _("Filen går inte att läsa. Spara den på nytt.")
        return _("Filen är för tung att läsa.") if fault == "heavy" else str(fault)


def _in_a_child(data: bytes, suffix: str) -> str:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    try:
        # Our own interpreter and module; the file goes in as bytes and is no argument.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "casework.register.gate", suffix],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
        return str(json.loads(done.stdout)["fault"])
    except subprocess.TimeoutExpired:
        return _("Filen tog för lång tid att läsa.")
    except ValueError:  # the child was ended before it could answer
        return _("Filen går inte att läsa. Spara den på nytt.")


def _refused(message: str, name: str, **params: object) -> ValidationError:
    return ValidationError(
        {"files": ValidationError(message, code="file", params={"name": name, **params})}
    )
