# SPDX-License-Identifier: EUPL-1.2
"""PDF by LibreOffice: its own profile and a time limit, since it hangs without them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from docgen.engine.errors import DocumentError

SECONDS = 60
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


def to_pdf(data: bytes, *, seconds: int = SECONDS) -> bytes:
    """A tagged PDF of a Word file that we have made."""
    program = shutil.which("soffice")
    if program is None:
        raise PdfUnavailable(_("PDF kan inte skapas: LibreOffice är inte installerat på servern."))
    with tempfile.TemporaryDirectory(prefix="initiativ-pdf-") as folder:
        place = Path(folder)
        source = place / "document.docx"
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
            str(source),
        ]
        try:
            # Fixed program and arguments; the file's name is ours.
            subprocess.run(command, capture_output=True, timeout=seconds, check=True)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise PdfUnavailable(_("PDF kunde inte skapas: det tog för lång tid.")) from error
        except (OSError, subprocess.CalledProcessError) as error:
            raise PdfUnavailable("PDF kunde inte skapas: LibreOffice gav ett fel.") from error
        made = place / "document.pdf"
        if not made.exists():
            raise PdfUnavailable("PDF kunde inte skapas: LibreOffice gav ingen fil.")
        return made.read_bytes()
