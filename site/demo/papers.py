# SPDX-License-Identifier: EUPL-1.2
"""What the demo's letters look like: a page of text as PDF, and the reports of its officers."""

from __future__ import annotations

import textwrap

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.organisation.models import User
from casework.register.models import Case, Record
from casework.register.services import publish_files, publish_record
from docgen.services import create_report, finish_report

LINE, LEFT, TOP = 16, 70, 760


def letter_pdf(name: str, heading: str, text: str) -> SimpleUploadedFile:
    """A letter of one page, in a typeface that every reader has."""
    lines = [heading, "", *textwrap.wrap(text, 76)]
    shown = [f"BT /F1 11 Tf {LEFT} {TOP} Td {LINE} TL"]
    for line in lines:
        escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        shown.append(f"({escaped}) Tj T*")
    stream = "\n".join([*shown, "ET"]).encode("cp1252", "replace")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (sv) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font,
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1,
        data.rindex(b"xref"),
    )
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def show(record: Record, registrar: User) -> None:
    """Let everybody see a record and read its files."""
    publish_record(record=record, actor=registrar)
    publish_files(record=record, files=record.files.all(), actor=registrar)


def write_report(case: Case, officer: User, registrar: User, *, finished: bool) -> None:
    """The officer's tjänsteutlåtande: begun, or finished, registered and shown (R60)."""
    report = create_report(case=case, actor=officer)
    if finished:
        record = finish_report(report=report, actor=officer)
        if case.is_published:
            show(record, registrar)
