# SPDX-License-Identifier: EUPL-1.2
"""What is marked secret by a provision of the secrecy act (OSL 5:5)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from casework.organisation.models import User
from casework.register import events
from casework.register.models import Case, Record
from casework.register.permissions import require_look_after, require_registrar
from casework.register.services.changes import save_change
from casework.register.services.corrections import require_reason
from casework.register.services.registration import checked_provision

MARKING = ("secrecy_provision", "secrecy_date", "secrecy_note", "secrecy_authority")
"""What a marking says (OSL 5:5): the provision, the day, what it is about, and whose it is."""


@transaction.atomic
def mark_secret(
    *,
    case: Case,
    provision: str,
    actor: User | None,
    reason: str = "",
    note: str = "",
    authority: str = "",
) -> None:
    """Mark a case secret by a provision (OSL 5:5). It is taken out of the web diary at once.

    So is each of its shown records, with its chosen files: what was shown before is not shown
    again by itself when the case is opened and published anew.

    Args:
        note: what the marking is about, such as which pages.
        authority: that has made it, if it is another's; else the case's own.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the provision is missing.
    """
    require_look_after(actor, case)
    _mark(case, case, provision, note, authority)
    case.is_published = False
    save_change(
        case=case,
        actor=actor,
        event=events.MARKED_SECRET,
        fields=[*MARKING, "is_published"],
        reason=reason,
    )
    for record in case.records.filter(is_published=True):
        record.is_published, record.public_files = False, []
        save_change(
            case=case,
            record=record,
            actor=actor,
            event=events.RECORD_UNPUBLISHED,
            fields=["is_published", "public_files"],
            after={"dnr": record.dnr},
        )


@transaction.atomic
def lift_secrecy(*, case: Case, actor: User | None, reason: str) -> None:
    """Take a case's secrecy marking away, with a reason; it stays unpublished.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the reason is missing.
    """
    require_registrar(actor, case)
    require_reason(reason)
    _unmark(case)
    save_change(
        case=case,
        actor=actor,
        event=events.SECRECY_LIFTED,
        fields=MARKING,
        reason=reason,
    )


@transaction.atomic
def mark_record_secret(
    *,
    record: Record,
    provision: str,
    actor: User | None,
    reason: str = "",
    note: str = "",
    authority: str = "",
) -> None:
    """Mark one record secret (OSL 5:5). It and its files are taken out of the web diary at once.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the provision is missing.
    """
    require_look_after(actor, record.case)
    _mark(record, record.case, provision, note, authority)
    record.is_published, record.public_files = False, []
    save_change(
        case=record.case,
        record=record,
        actor=actor,
        event=events.RECORD_MARKED_SECRET,
        fields=[*MARKING, "is_published", "public_files"],
        after={"dnr": record.dnr},
        reason=reason,
    )


@transaction.atomic
def lift_record_secrecy(*, record: Record, actor: User | None, reason: str) -> None:
    """Take a record's secrecy marking away, with a reason; it stays unpublished.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the reason is missing.
    """
    require_registrar(actor, record.case)
    require_reason(reason)
    _unmark(record)
    save_change(
        case=record.case,
        record=record,
        actor=actor,
        event=events.RECORD_SECRECY_LIFTED,
        fields=MARKING,
        after={"dnr": record.dnr},
        reason=reason,
    )


def _mark(row: Case | Record, case: Case, provision: str, note: str, authority: str) -> None:
    row.secrecy_provision = checked_provision(provision)
    row.secrecy_date = timezone.localdate()
    row.secrecy_note = note.strip()
    row.secrecy_authority = authority.strip() or case.authority.name


def _unmark(row: Case | Record) -> None:
    row.secrecy_provision = row.secrecy_note = row.secrecy_authority = ""
    row.secrecy_date = None
