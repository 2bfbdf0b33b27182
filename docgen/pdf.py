# SPDX-License-Identifier: EUPL-1.2
"""PDF by LibreOffice: its own profile, a time limit, and nothing of it left when that is over."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from docgen.engine.errors import DocumentError
from docgen.engine.pdf_archive import archived, printable

SECONDS = 60.0
#: What each further file of a batch adds to the time that LibreOffice is given.
SECONDS_EACH = 5.0
PREFIX = "initiativ-pdf-"
_FILTER = (
    "pdf:writer_pdf_Export:"
    '{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"SelectPdfVersion":{"type":"long","value":"2"}}'
)


class PdfUnavailable(DocumentError):
    """No PDF could be made here and now; the Word file is as good as ever."""


def available() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def to_pdf(data: bytes, *, seconds: float = SECONDS) -> bytes:
    """A tagged PDF of a Word file that we have made; PDF/A-2b and PDF/UA-1."""
    (made,) = to_pdfs([data], seconds=seconds)
    if isinstance(made, PdfUnavailable):
        raise made
    return made


def to_pdfs(files: Sequence[bytes], *, seconds: float = SECONDS) -> list[bytes | PdfUnavailable]:
    """As :func:`to_pdf` for many, by one LibreOffice; what it did not make is tried once more."""
    program = shutil.which("soffice")
    if program is None:
        missing = _("PDF kan inte skapas: LibreOffice är inte installerat på servern.")
        return [PdfUnavailable(missing) for _file in files]
    made: dict[int, bytes | PdfUnavailable] = {}
    ready: dict[int, bytes] = {}
    for number, data in enumerate(files):
        try:
            ready[number] = printable(data)
        except DocumentError as error:
            made[number] = PdfUnavailable(str(error))
    if ready:
        made |= zip(ready, _run(program, list(ready.values()), seconds), strict=True)
    for number, data in ready.items():
        if isinstance(made[number], PdfUnavailable):
            # Alone and with a fresh profile: one bad file does not cost the others theirs.
            (made[number],) = _run(program, [data], seconds)
    return [made[number] for number in range(len(files))]


def _run(program: str, files: Sequence[bytes], seconds: float) -> list[bytes | PdfUnavailable]:
    """One process for all the files."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        sources = [place / f"{number}.docx" for number in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            _FILTER,
            "--outdir",
            str(place),
            *map(str, sources),
        ]
        limit = seconds + SECONDS_EACH * (len(files) - 1)
        reason = _ended(command, limit)
        return [_outcome(source.with_suffix(".pdf"), reason) for source in sources]


def _ended(command: list[str], seconds: float) -> str:
    """Run to the end or to the limit; what went wrong, in words, or nothing."""
    try:
        # Fixed program and arguments; the files' names are ours. A session of its own makes one
        # group of the launcher and the program that it starts, which outlives it.
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return _("PDF kunde inte skapas: LibreOffice gav ett fel.")
    try:
        failed = process.wait(seconds) != 0
    except subprocess.TimeoutExpired:
        return _("PDF kunde inte skapas: det tog för lång tid.")
    finally:
        _end_group(process)
    return _("PDF kunde inte skapas: LibreOffice gav ett fel.") if failed else ""


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End all that the process started, and wait until it is gone: its folder goes next."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for _moment in range(100):
            os.killpg(process.pid, 0)
            time.sleep(0.02)


def _outcome(file: Path, reason: str) -> bytes | PdfUnavailable:
    if not file.exists():
        return PdfUnavailable(reason or _("PDF kunde inte skapas: LibreOffice gav ingen fil."))
    try:
        return archived(file.read_bytes())
    except ValueError:  # half a file, when the time was up
        return PdfUnavailable(reason or _("PDF kunde inte skapas: LibreOffice gav ett fel."))
