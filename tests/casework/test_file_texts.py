# SPDX-License-Identifier: EUPL-1.2
"""What stands in a record's files is found by those who may see the record (issue 9)."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from casework.register.audit import verify_register
from casework.register.enums import Direction, ReadingState, RecordKind, TextKind
from casework.register.models import Case, FileReading, Record, TextPart
from casework.register.services import (
    attach_file,
    read_texts,
    register_generated_record,
    register_record,
)
from search.documents import writes_for
from tests import documents
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def registered(case: Case, *files: SimpleUploadedFile) -> Record:
    return register_record(
        case=case, actor=None, direction=Direction.INCOMING, title="Brev",
        received_date=timezone.localdate(), files=files,
    )  # fmt: skip


def docx(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("brev.docx", documents.docx(text))


def test_9_the_worker_reads_a_files_text_and_once(
    city: SmallCity, django_capture_on_commit_callbacks: object
) -> None:
    case = city.case("registered")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        record = registered(
            case, docx("Gatubelysning"), SimpleUploadedFile("a.pdf", b"%PDF-\n%%EOF")
        )
    (part,) = TextPart.objects.filter(record=record)
    assert part.kind == TextKind.FILE
    assert "Gatubelysning" in part.text
    assert not part.is_public
    states = FileReading.objects.filter(file__record=record).order_by("pk")
    assert [x.state for x in states] == [ReadingState.READ, ReadingState.UNREADABLE]
    assert read_texts([record.pk]) == 0
    case.refresh_from_db()
    write = next(iter(writes_for("internal", "case", {case.pk: case.change_number})))
    assert "gatubelysning" in str(write).casefold()
    assert verify_register().faults == []


def test_9_a_text_that_was_given_is_not_written_over(city: SmallCity) -> None:
    record = register_generated_record(
        case=city.case("registered"), kind=RecordKind.LETTER, title="Svar",
        direction=Direction.OUTGOING, name="svar.docx", content=documents.docx("Ur filen"),
        content_type="x", actor=None, text="Given text",
    )  # fmt: skip
    attach_file(record=record, file=docx("Bilagan"), actor=None)
    read_texts([record.pk])
    texts = sorted(TextPart.objects.filter(record=record).values_list("text", flat=True))
    assert len(texts) == 2
    assert "Given text" in texts
    assert not any("Ur filen" in text for text in texts)
    first = FileReading.objects.filter(file__record=record).order_by("pk").first()
    assert first is not None
    assert first.state == ReadingState.GIVEN


def test_9_what_was_registered_before_is_read_by_a_command(city: SmallCity) -> None:
    record = registered(city.case("registered"), docx("Gammalt brev"))
    told = StringIO()
    call_command("read_texts", stdout=told)
    assert TextPart.objects.filter(record=record, text__contains="Gammalt brev").exists()
    again = StringIO()
    call_command("read_texts", stdout=again)
    assert again.getvalue().strip() == "Lästa filer: 0"
