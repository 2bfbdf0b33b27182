# SPDX-License-Identifier: EUPL-1.2
"""The audit covers what documents are made of and made into (issue 7: missing and changed files).

The hashes of templates, Word files, PDFs and returned files stood in rows that nothing compared.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, models, transaction

from casework.journal.digests import columns_of
from casework.journal.models import JournalEntry
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.services import appoint
from casework.register.audit import verify_register
from casework.register.models import Case
from docgen import services
from docgen.models import DocumentTemplate, GeneratedDocument, Report, ReturnedDocument
from docgen.services import generation
from docgen.services.reports import newest
from tests.casework.test_verify_columns import _changed
from tests.conftest import triggers_off
from tests.docgen.rendering import TEMPLATE

pytestmark = pytest.mark.django_db
KEPT: list[type[models.Model]] = [GeneratedDocument, ReturnedDocument, DocumentTemplate]


@pytest.fixture
def worked(case: Case, officer: User, monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report with the city's template, a Word file, its PDF and a file that came back."""
    for version in ("1", "2"):
        services.add_template(data=TEMPLATE, name="Stadens", version=version, actor=None)
    report = services.create_report(case=case, actor=officer)
    made = services.request_generation(report=report, actor=officer)
    services.run_generation(made.pk)
    made.refresh_from_db()
    monkeypatch.setattr(generation, "to_pdfs", lambda files: [b"%PDF-1.7" for _file in files])
    services.request_pdf(document=made, actor=officer)
    services.run_pdf(made.pk)
    draft = newest(report)
    draft.title = "En annan rubrik"
    services.save_draft(report=draft, actor=officer)
    upload = SimpleUploadedFile("svar.docx", Path(made.file.path).read_bytes())
    row = services.receive_returned(report=report, file=upload, actor=officer)
    if row.changes:
        services.apply_returned(row=row, chosen=range(len(row.changes)), actor=officer)
    return report


@pytest.mark.any_database
@pytest.mark.usefixtures("worked")
def test_7_every_column_of_every_documents_row_is_covered() -> None:
    assert verify_register().faults == []
    missed = []
    for model in KEPT:
        assert model._default_manager.exists()
        table = model._meta.db_table
        statements = [
            f"UPDATE {table} SET {name} = {_changed(model, name)}" for name in columns_of(model)[1:]
        ]
        missed += [x for x in [*statements, f"DELETE FROM {table}"] if not _found(x)]
    assert missed == []


@pytest.mark.usefixtures("worked")
def test_7_what_a_file_was_made_of_is_covered_too() -> None:
    assert _found('UPDATE docgen_generateddocument SET content = \'{"title": "x"}\'')


@pytest.mark.usefixtures("worked")
def test_7_m2_the_database_keeps_what_files_were_made_of() -> None:
    for statement in (
        "UPDATE docgen_generateddocument SET content_hash = 'x'",
        "UPDATE docgen_returneddocument SET sha256 = 'x'",
        "UPDATE docgen_documenttemplate SET file = 'x'",
        *(f"DELETE FROM {model._meta.db_table}" for model in KEPT[1:]),
    ):
        with (
            pytest.raises(DatabaseError, match="permanent"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_7_a_changed_and_a_missing_file_of_a_document_are_found(worked: Report) -> None:
    made, returned = worked.documents.get(), worked.returned.get()
    template = DocumentTemplate.objects.get(version="1")
    for file in (made.file, made.pdf_file, returned.file, template.file):
        path, name = Path(file.path), str(file.name)
        whole = path.read_bytes()
        path.write_bytes(whole + b" ")
        assert [x for x in verify_register().faults if name in x and "ändrad" in x]
        path.unlink()
        assert [x for x in verify_register().faults if name in x and "saknas" in x]
        path.write_bytes(whole)
    assert verify_register().faults == []


def test_7_a_finished_report_is_told_with_its_files(case: Case, officer: User) -> None:
    appoint(user=officer, role=Role.REGISTRAR, scope=case.authority, actor=None)
    report = services.create_report(case=case, actor=officer)
    services.finish_report(report=report, actor=officer)
    assert verify_register().faults == []
    assert _found("UPDATE docgen_generateddocument SET record_id = NULL")


@pytest.mark.usefixtures("worked")
def test_7_a_template_that_another_replaces_is_told_as_retired() -> None:
    told = JournalEntry.objects.filter(action="docgen.template_retired")
    assert [x.after["version"] for x in told] == ["1"]


def _found(statement: str) -> bool:
    """Whether the audit tells of the change, or the database refuses it even without triggers."""
    with transaction.atomic():
        try:
            with transaction.atomic(), triggers_off(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            return True
        found = bool(verify_register().faults)
        transaction.set_rollback(True)
    return found
