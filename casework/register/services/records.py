# SPDX-License-Identifier: EUPL-1.2
"""Records (handlingar) of a case and their files."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple, NotRequired, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.tokens import AccessFacts
from casework.journal.digests import digests_of
from casework.journal.inserting import insert, insert_together
from casework.journal.services import Place, Told, log_many, take_place
from casework.organisation.models import User
from casework.register import events
from casework.register.enums import RecordKind, TextKind
from casework.register.models import (
    Case,
    DiaryEntry,
    Record,
    RecordFile,
    RegistrationToken,
    TextPart,
)
from casework.register.obstacles import require_live
from casework.register.permissions import require_look_after
from casework.register.selectors import joined_into
from casework.register.services.changes import save_change
from casework.register.services.projections import announce, audience_of_new_record
from casework.register.services.registration import check_date, checked_provision
from casework.register.services.texts import clean_text
from casework.register.signals import filed
from casework.register.tasks import enqueue_reading, hold_text
from casework.register.uploads import check_upload, shown_name

_FILE = TextKind.FILE
TEXT_OF: dict[str, str] = {
    RecordKind.INITIATIVE: TextKind.ANSWER,
    RecordKind.REPORT: TextKind.REPORT,
    RecordKind.REMISS_OUT: TextKind.REMISS,
    RecordKind.REMISS_ANSWER: TextKind.REMISS,
}
"""What kind of text a record of a kind holds; that of all others is the text of its file."""


@transaction.atomic
def register_record(*, case: Case, actor: User | None, **what: Unpack[RecordFields]) -> Record:
    """Register a record in a case as dnr-1, dnr-2 …, with its files; see :func:`file_record`.

    Raises:
        PermissionDenied: the person neither keeps the diary nor handles the case.
        ValidationError: a field is missing, a date lies ahead, a file is not accepted, or the case
            is void or joined into another.
    """
    require_look_after(actor, case)
    if case.is_void:
        raise ValidationError(_("Ärendet är makulerat och tar inte emot handlingar."), code="void")
    if case.merged_into_id is not None:
        into = joined_into(actor, case)
        told = _("%(dnr)s är sammanfört med %(into)s. Registrera där.") if into else _(
            "%(dnr)s är sammanfört med ett annat ärende och tar inte emot handlingar."
        )  # fmt: skip
        dnrs = {"dnr": case.dnr, "into": into.dnr if into else ""}
        raise ValidationError({"existing": told % dnrs}, code="merged")
    return file_record(case=case, actor=actor, **what)


class LetterFields(TypedDict):
    """What is said of a record when it is registered."""

    direction: str
    title: str
    received_date: dt.date
    kind: NotRequired[str]
    party: NotRequired[str]
    title_public: NotRequired[str]
    party_public: NotRequired[str]
    secrecy_provision: NotRequired[str]
    secrecy_note: NotRequired[str]
    secrecy_authority: NotRequired[str]
    files: NotRequired[Iterable[UploadedFile]]


class RecordFields(LetterFields):
    """And what the software adds: a text to search, and the form that was sent."""

    text: NotRequired[str]
    token: NotRequired[uuid.UUID | None]


@transaction.atomic
def file_record(
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
    secrecy_note: str = "",
    secrecy_authority: str = "",
    files: Iterable[UploadedFile] = (),
    text: str = "",
    token: uuid.UUID | None = None,
) -> Record:
    """Register a record for a service that has asked for the right itself (TF 2:9, OSL 5:1).

    A consultee's contact person, an expert or a body's secretary leaves a record in a case which
    they do not look after.

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
    record, content = prepared_record(
        direction=direction, title=title, received_date=received_date, kind=kind, party=party,
        title_public=title_public, party_public=party_public,
        secrecy_provision=secrecy_provision, secrecy_note=secrecy_note,
        secrecy_authority=secrecy_authority, files=files,
    )  # fmt: skip
    row = write_record(case, record, content, text, token, actor)
    filed.send(sender=Record, record=row, actor=actor)
    return row


def prepared_record(
    *,
    direction: str,
    title: str,
    received_date: dt.date,
    kind: str = RecordKind.OTHER,
    party: str = "",
    title_public: str = "",
    party_public: str = "",
    secrecy_provision: str = "",
    secrecy_note: str = "",
    secrecy_authority: str = "",
    files: Iterable[UploadedFile] = (),
) -> tuple[Record, list[Content]]:
    """A checked record without its number, and its files."""
    check_date(received_date)
    provision = secrecy_provision.strip()
    if provision:
        checked_provision(provision, "secrecy_provision")
    content = [Content(file, check_upload(file)) for file in files]
    record = Record(
        kind=kind,
        direction=direction,
        title=title.strip(),
        title_public=title_public.strip(),
        party=party.strip(),
        party_public=party_public.strip(),
        received_date=received_date,
        secrecy_provision=provision,
        secrecy_note=secrecy_note.strip() if provision else "",
        secrecy_authority=secrecy_authority.strip() if provision else "",
        secrecy_date=timezone.localdate() if provision else None,
    )
    record.clean_fields(exclude={"entry", "dnr", "case"})
    return record, content


@transaction.atomic
def attach_file(*, record: Record, file: UploadedFile, actor: User | None) -> RecordFile:
    """Add a file to a record that is already registered.

    Raises:
        PermissionDenied: the person neither keeps the diary nor handles the case.
        ValidationError: the record is archived, the file is not accepted, or the case is void or
            joined into another.
    """
    require_look_after(actor, record.case)
    require_live(record.case)
    if record.archived_at is not None:
        raise ValidationError(
            _("Handlingen är arkiverad. Öppna ärendet igen först."), code="closed"
        )
    (stored,) = _store(record, [Content(file, check_upload(file))])
    save_change(
        case=record.case,
        record=record,
        actor=actor,
        event=events.FILE_ATTACHED,
        after={"file": stored.original_name, "dnr": record.dnr, "sha256": stored.sha256},
        rows=digests_of(stored),
    )
    return stored


class Content(NamedTuple):
    """A file that is to be kept, and what kind of file it was found to be."""

    file: File
    content_type: str


def write_record(
    case: Case,
    record: Record,
    files: Sequence[Content],
    text: str,
    token: uuid.UUID | None,
    actor: User | None,
) -> Record:
    """Write a record's rows under the locks of the chain and the case."""
    place = take_place(case.chain)
    number = _take_record_number(case)
    insert_record(
        case, record, number, content=files, text=text, token=token, actor=actor, place=place,
        facts=case.access_facts(),
    )  # fmt: skip
    announce(case)
    return record


def insert_record(
    case: Case,
    record: Record,
    number: int,
    *,
    actor: User | None,
    place: Place,
    facts: AccessFacts,
    content: Sequence[Content] = (),
    text: str = "",
    token: uuid.UUID | None = None,
) -> None:
    """Write the rows that carry a record's number; whoever calls announces the case.

    Args:
        place: in the journal's chain.
        facts: what the access rule knows of the case.
    """
    entry = entry_of_record(case, record, number, case.entry, actor)
    insert([entry])
    record.entry = entry
    insert([record])
    told = insert_beside(record, facts=facts, content=content, text=text, token=token)
    log_many([told], actor=actor, place=place)


def entry_of_record(
    case: Case, record: Record, number: int, first: DiaryEntry, actor: User | None
) -> DiaryEntry:
    """The line of the diary in which a record is registered, not yet saved.

    Args:
        case: with its number.
        record: gets its number and its case.
        number: of the record in the case, from 1.
        first: the case's own line.
        actor: who registers.
    """
    record.case = case
    record.dnr = f"{case.dnr}-{number}"
    return DiaryEntry(
        authority_id=case.authority_id,
        series_id=first.series_id,
        year=case.year,
        serial=case.serial,
        record_number=number,
        dnr=record.dnr,
        key=first.key,
        direction=record.direction,
        received_date=record.received_date,
        registered_at=timezone.now(),
        registered_by=actor,
        title=record.title,
        party=record.party,
    )


def insert_beside(
    record: Record,
    *,
    facts: AccessFacts,
    content: Sequence[Content] = (),
    text: str = "",
    token: uuid.UUID | None = None,
) -> Told:
    """Write what a record that was inserted this moment begins with; what to tell is returned."""
    case = record.case
    stored = _store(record, content)
    kept = clean_text(text)
    of_kind = TEXT_OF.get(record.kind, _FILE)
    insert_together(
        [TextPart(case=case, record=record, kind=of_kind, text=kept)] if kept else [],
        [RegistrationToken(token=token, record=record, case=case)] if token else [],
        audience_of_new_record(record, facts),
        keys=False,
    )
    return Told(
        events.RECORD_REGISTERED,
        record,
        about=case,
        after={
            "dnr": record.dnr,
            "entry": record.entry_id,
            "received_date": record.received_date.isoformat(),
            "title": record.title,
            "files": [row.original_name for row in stored],
        },
        rows=digests_of(record.entry, record, *stored),
    )


def _take_record_number(case: Case) -> int:
    """The case's next record number, under the case's lock; reads the case as it is now."""
    fields = ["secrecy_provision", "is_published", "voided_at", "officer", "service_area"]
    fields += ["record_count", "change_number"]
    case.refresh_from_db(fields=fields, from_queryset=Case.objects.select_for_update())
    case.record_count += 1
    case.change_number += 1
    Case.objects.filter(pk=case.pk).update(
        record_count=case.record_count, change_number=case.change_number
    )
    return case.record_count


def _store(record: Record, files: Sequence[Content]) -> list[RecordFile]:
    rows = [_file_row(record, content) for content in files]
    for row in rows:
        # What save() would do; bulk_create writes the rows but not what they point to.
        row.file.save(str(row.file.name), row.file.file, save=False)
    stored = list(insert(rows))
    if any(hold_text(row) for row in stored):
        transaction.on_commit(partial(enqueue_reading, record.pk))
    return stored


def _file_row(record: Record, content: Content) -> RecordFile:
    digest = hashlib.sha256()
    for chunk in content.file.chunks():
        digest.update(chunk)
    content.file.seek(0)
    return RecordFile(
        record=record,
        file=content.file,
        original_name=shown_name(content.file),
        content_type=content.content_type,
        size=content.file.size or 0,
        sha256=digest.hexdigest(),
    )
