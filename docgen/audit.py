# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of documents: templates, Word files, PDFs, returned files.

Their rows are told in the journal as those of the rooms below; here also what lies on disk.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from casework.journal.row_audit import KeptTable, owner_faults
from casework.register.audit_rows import stored_file_fault
from docgen.models import (
    DocumentTemplate,
    GeneratedDocument,
    ReturnedDocument,
    document_storage,
)
from docgen.services.building import hash_of_json

CASE_TABLES = (
    KeptTable(GeneratedDocument, "report__case"),
    KeptTable(ReturnedDocument, "report__case"),
)
"""What hangs on a case and is told under it."""

TEMPLATE_TABLES = (KeptTable(DocumentTemplate, "pk"),)


def template_faults() -> Iterator[str]:
    """Templates that are changed, added or taken away past the services, and their files."""
    yield from owner_faults(DocumentTemplate, TEMPLATE_TABLES, prefix="template", name=str)
    for row in DocumentTemplate.objects.order_by("pk").iterator():
        yield from _file_faults(str(row), str(row.file), row.sha256)


def document_faults() -> Iterator[str]:
    """Files of reports, made here or handed in, that are gone or not what they were.

    What a Word file was made of is kept with it, so that it can be made again; that has its hash.
    """
    rows = GeneratedDocument.objects.order_by("pk").select_related("report__case")
    for row in rows.iterator():
        dnr = row.report.case.dnr
        yield from _file_faults(dnr, str(row.file), row.sha256)
        yield from _file_faults(dnr, str(row.pdf_file), row.pdf_sha256)
        if hash_of_json(row.content) != row.content_hash:
            yield _("%(dnr)s, Word-fil %(number)s: innehållet är ändrat.") % {
                "dnr": dnr,
                "number": row.number,
            }
    returned = ReturnedDocument.objects.order_by("pk")
    for dnr, name, sha256 in returned.values_list("report__case__dnr", "file", "sha256").iterator():
        yield from _file_faults(dnr, name, sha256)


def _file_faults(owner: str, name: str, sha256: str) -> Iterator[str]:
    """A file that is ordered but not made yet has neither name nor hash."""
    if (name or sha256) and (problem := stored_file_fault(document_storage(), name, sha256)):
        yield f"{owner}, {name}: {problem}."
