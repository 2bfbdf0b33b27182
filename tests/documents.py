# SPDX-License-Identifier: EUPL-1.2
"""Small genuine files of each kind that holds text."""

from __future__ import annotations

import io
import zipfile

from docx import Document

from tests import mails


def docx(text: str) -> bytes:
    """A Word file, with a table and a header."""
    made = Document()
    made.sections[0].header.paragraphs[0].text = "Sidhuvud"
    made.add_paragraph(text)
    made.add_table(1, 1).cell(0, 0).text = "Tabellcell"
    found = io.BytesIO()
    made.save(found)
    return found.getvalue()


def odt(text: str) -> bytes:
    """What LibreOffice writes, as little of it as there must be."""
    return zipped(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", _odf(f"<text:h>Rubrik</text:h><text:p>{text}<text:s/>slut</text:p>")),
        ("META-INF/manifest.xml", "<manifest/>"),
    )


def pdf(*pages: str) -> bytes:
    """A PDF of some pages, one line on each."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, text in enumerate(pages):
        content = b"BT /F1 12 Tf 72 720 Td (" + text.encode("cp1252") + b") Tj ET"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    end += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, len(data),
    )  # fmt: skip
    return data + end


def eml(text: str) -> bytes:
    """A mail."""
    return mails.mail("Ett brev", text=text)


def zipped(*parts: tuple[str, str]) -> bytes:
    """A package of some parts."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return found.getvalue()


def _odf(body: str) -> str:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    return (
        f"<office:document-content {names}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
