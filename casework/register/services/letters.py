# SPDX-License-Identifier: EUPL-1.2
"""Registering a letter: a new case with its first record, or a record in a case that there is."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils import timezone

from casework.journal.inserting import committed_with_last, insert
from casework.journal.services import log_many
from casework.organisation.models import Authority, Unit, User
from casework.register.enums import CaseType, Direction, RecordKind
from casework.register.models import Case, ClassCode, NumberSeries, Record
from casework.register.permissions import may_register, require_register
from casework.register.selectors import registered_before
from casework.register.services.new_cases import NewCase, insert_with_entries
from casework.register.services.projections import announce_many
from casework.register.services.records import (
    Content,
    LetterFields,
    RecordFields,
    entry_of_record,
    insert_beside,
    prepared_record,
    register_record,
)
from casework.register.services.registration import give_numbers, prepared
from casework.register.services.terms import remember_party


@dataclass(frozen=True, slots=True)
class Sender:
    """What is kept of a sender for the next letter, beside the name."""

    email: str = ""
    is_private: bool = True


def register_letter(
    *,
    series: NumberSeries,
    actor: User | None,
    title: str,
    received_date: dt.date,
    case: Case | None = None,
    case_type: str = CaseType.LETTER,
    direction: str = Direction.INCOMING,
    kind: str = RecordKind.LETTER,
    officer: User | None = None,
    unit: Unit | None = None,
    class_code: ClassCode | None = None,
    due_on: dt.date | None = None,
    party: str = "",
    party_public: str = "",
    title_public: str = "",
    secrecy_provision: str = "",
    secrecy_note: str = "",
    secrecy_authority: str = "",
    files: Sequence[UploadedFile] = (),
    token: uuid.UUID | None = None,
    sender: Sender | None = None,
) -> tuple[Case, Record]:
    """Register what came in, all or nothing; a second sending of the form returns the same.

    Args:
        sender: keeps who wrote for the next time, unless a marking protects the letter.

    Raises:
        PermissionDenied: the person registers neither in the series nor in the case.
        ValidationError: a field is missing, the date lies ahead, or a file is not accepted.
    """
    letter: LetterFields = {
        "kind": kind, "direction": direction, "title": title,
        "title_public": title_public,
        "received_date": received_date, "party": party, "party_public": party_public,
        "secrecy_provision": secrecy_provision, "secrecy_note": secrecy_note,
        "secrecy_authority": secrecy_authority, "files": files,
    }  # fmt: skip
    if case is not None:
        filed: RecordFields = {**letter, "token": token}
        with committed_with_last():
            record = register_record(case=case, actor=actor, **filed)
            _remember(sender, record, case.authority, actor)
        return case, record
    require_register(actor, series)
    new = prepared(
        series, actor, timezone.now(), title=title, received_date=received_date,
        case_type=case_type, officer=officer, party=party, party_public=party_public,
        title_public=title_public, secrecy_provision=secrecy_provision,
        secrecy_note=secrecy_note, secrecy_authority=secrecy_authority, token=token,
        direction=direction, unit=unit, class_code=class_code, due_on=due_on,
    )  # fmt: skip
    new.case.record_count = 1
    holder = officer or actor
    if unit is None and holder is not None:
        # What nobody was asked to handle stands with those who registered it.
        new.case.unit_id = holder.unit_id
    record, content = prepared_record(**letter)
    try:
        # The lock of the series is held for the rows alone: all else was made ready before.
        with committed_with_last():
            _insert(new, record, content)
            # Last of all locks: two letters from one sender wait here for each other.
            _remember(sender, record, series.authority, actor)
    except IntegrityError:
        twin = _sent_before(token) if token else None
        if twin is None:
            raise
        return twin
    return new.case, record


def _insert(new: NewCase, record: Record, content: Sequence[Content]) -> None:
    """Write both; the caller lets the rows wait for each other."""
    place, (key,) = give_numbers([new], [record])
    record_entry = entry_of_record(new.case, record, 1, new.entry, new.actor)
    record_entry.pk = key
    insert([new.entry, record_entry])
    record.entry = record_entry
    insert_with_entries([new], [record])
    told = insert_beside(record, facts=new.facts(), content=content)
    announce_many([new.case])
    log_many([new.told(), told], actor=new.actor, place=place)


def _remember(
    sender: Sender | None, record: Record, authority: Authority, actor: User | None
) -> None:
    """Who keeps the diary keeps its senders; an officer's letter is registered all the same."""
    if not (sender and actor and record.party and may_register(actor, authority)):
        return
    if not (record.case.is_secret or record.is_secret):
        remember_party(
            authority=authority, name=record.party, email=sender.email,
            is_private=sender.is_private, actor=actor,
        )  # fmt: skip


def _sent_before(token: uuid.UUID) -> tuple[Case, Record] | None:
    """What was registered by a form that is sent again."""
    case = registered_before(token)
    first = case.records.first() if case else None
    return (case, first) if case and first else None
