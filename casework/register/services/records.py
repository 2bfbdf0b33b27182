# SPDX-License-Identifier: EUPL-1.2
"""Records (handlingar) of a case and their files."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone

from casework.journal.services import lock_chain, log
from casework.organisation.models import User
from casework.register import events
from casework.register.enums import RecordKind, TextKind
from casework.register.models import (
    Case,
    DiaryEntry,
    Record,
    RecordFile,
    RegistrationToken,
)
from casework.register.services.projections import save_change
from casework.register.services.registration import check_date
from casework.register.services.texts import write_text
from casework.register.uploads import check_upload


@transaction.atomic
def register_record(
    *,
    case: Case,
    actor: User | None,
    direction: str,
    title: str,
    received_date: dt.date,
    kind: str = RecordKind.OTHER,
    party: str = "",
    title_public: str = "",
    party_public: str = "",
    secrecy_provision: str = "",
    files: Iterable[UploadedFile] = (),
    text: str = "",
    token: uuid.UUID | None = None,
) -> Record:
    """Register a record in a case as dnr-1, dnr-2 …, with its files.

    Args:
        text: what the record says, for those who search and may see it.
        token: of the sent form; a second sending returns the record of the first.

    Raises:
        ValidationError: a field is missing, a date lies ahead, or a file is not accepted.
    """
    if token:
        earlier = RegistrationToken.objects.select_related("record").filter(token=token).first()
        if earlier and earlier.record:
            return earlier.record
    check_date(received_date)
    files = list(files)
    checked = [(file, check_upload(file)) for file in files]
    record = Record(
        case=case,
        kind=kind,
        direction=direction,
        title=title.strip(),
        title_public=title_public.strip(),
        party=party.strip(),
        party_public=party_public.strip(),
        received_date=received_date,
        secrecy_provision=secrecy_provision.strip(),
        secrecy_date=timezone.localdate() if secrecy_provision.strip() else None,
    )
    record.clean_fields(exclude=["entry", "dnr"])
    lock_chain(case.chain)
    number = _take_record_number(case)
    record.dnr = f"{case.dnr}-{number}"
    record.entry = DiaryEntry.objects.create(
        authority=case.authority,
        series=case.entry.series,
        year=case.year,
        serial=case.serial,
        record_number=number,
        dnr=record.dnr,
        key=case.entry.key,
        direction=direction,
        received_date=received_date,
        registered_at=timezone.now(),
        registered_by=actor,
        title=record.title,
        party=record.party,
    )
    record.save(force_insert=True)
    for file, content_type in checked:
        _store(record, file, content_type)
    if text.strip():
        write_text(case=case, record=record, kind=TextKind.ANSWER, text=text)
    if token:
        RegistrationToken.objects.create(token=token, record=record, case=case)
    log(
        events.RECORD_REGISTERED,
        record,
        actor=actor,
        after={
            "dnr": record.dnr,
            "entry": record.entry_id,
            "received_date": received_date.isoformat(),
            "title": record.title,
            "files": [file.name or "" for file in files],
        },
    )
    save_change(case, record=record)
    return record


@transaction.atomic
def attach_file(*, record: Record, file: UploadedFile, actor: User) -> RecordFile:
    """Add a file to a record that is already registered.

    Raises:
        ValidationError: the file is too large, of a kind that is not accepted, or unsafe.
    """
    stored = _store(record, file, check_upload(file))
    log(
        events.FILE_ATTACHED,
        record,
        actor=actor,
        after={"file": stored.original_name, "sha256": stored.sha256},
    )
    return stored


@transaction.atomic
def register_generated_record(
    *,
    case: Case,
    kind: str,
    title: str,
    direction: str,
    name: str,
    content: bytes,
    content_type: str,
    actor: User | None,
    text: str = "",
    party: str = "",
    title_public: str = "",
    received_date: dt.date | None = None,
) -> Record:
    """Register a record with one file that the product itself made or passes on (TF 2:9).

    The service that calls it has asked for the right: a consultee's contact person, an expert or
    a body's secretary leaves a record too.

    Args:
        name: of the file, as people see it.
        content: of the file; it is ours, so no upload check is made.
        text: what the file says, for those who search and may see the record.
    """
    record = register_record(
        case=case,
        kind=kind,
        title=title[:400],
        title_public=title_public,
        direction=direction,
        received_date=received_date or timezone.localdate(),
        party=party,
        text=text,
        actor=actor,
    )
    stored = _store(record, ContentFile(content, name=name), content_type)
    log(
        events.FILE_ATTACHED,
        record,
        actor=actor,
        after={"file": stored.original_name, "sha256": stored.sha256},
    )
    return record


def _take_record_number(case: Case) -> int:
    """The case's next record number: one statement, whose lock lasts until the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE register_case SET record_count = record_count + 1 WHERE id = %s "
            "RETURNING record_count",
            [case.pk],
        )
        (number,) = cursor.fetchone()
    case.record_count = number
    return number


def _store(record: Record, file: File, content_type: str) -> RecordFile:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return RecordFile.objects.create(
        record=record,
        file=file,
        original_name=(file.name or "fil")[-200:],
        content_type=content_type,
        size=file.size or 0,
        sha256=digest.hexdigest(),
    )
