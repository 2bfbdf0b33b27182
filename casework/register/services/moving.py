# SPDX-License-Identifier: EUPL-1.2
"""A record that was filed in the wrong case, and one that belongs to two.

A number is never moved: the record gets the next number of the case where it belongs, and where it
was it stands as voided, with the way to the new one (JO 4639-2007). Each has its own files, so that
what becomes of one never touches the other.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from casework.journal.services import lock_chain
from casework.organisation.models import User
from casework.register import events
from casework.register.models import Case, Record
from casework.register.permissions import require_look_after, require_registrar
from casework.register.services.changes import save_change
from casework.register.services.corrections import require_reason, void_record
from casework.register.services.records import Content, write_record

COPIED = (
    "kind", "direction", "title", "title_public", "party", "party_public", "received_date",
    "secrecy_provision", "secrecy_date", "secrecy_note", "secrecy_authority", "retention",
)  # fmt: skip
"""What a copy of a record has of the first."""


@transaction.atomic
def copy_record(*, record: Record, into: Case, actor: User | None) -> Record:
    """Register the record in another case as well, with copies of its files.

    Raises:
        PermissionDenied: the person looks after one of the cases only.
        ValidationError: it is the same case, the case is void or merged, or the record is void or
            disposed of.
    """
    require_look_after(actor, record.case)
    require_look_after(actor, into)
    return _again(record, into, actor)


@transaction.atomic
def move_record(*, record: Record, into: Case, reason: str, actor: User) -> Record:
    """Register the record in the case where it belongs, and void it where it was.

    Raises:
        PermissionDenied: the person is not the registrar of the one and looks after the other.
        ValidationError: as for :func:`copy_record`, or the reason is missing.
    """
    require_registrar(actor, record.case)
    require_look_after(actor, into)
    require_reason(reason)
    new = _again(record, into, actor)
    case = record.case
    save_change(
        case=case,
        record=record,
        actor=actor,
        event=events.RECORD_MOVED,
        after={"dnr": record.dnr, "into_number": into.dnr},
        reason=reason,
    )
    void_record(record=record, reason=reason, actor=actor)
    return new


def _again(record: Record, into: Case, actor: User | None) -> Record:
    if record.case_id == into.pk:
        raise ValidationError({"number": _("Handlingen finns redan i det ärendet.")}, code="same")
    if into.is_void or into.merged_into_id is not None:
        raise ValidationError(
            {"number": _("%(dnr)s tar inte emot handlingar.") % {"dnr": into.dnr}}, code="void"
        )
    if record.is_void or record.disposed_at is not None:
        raise ValidationError(_("Handlingen är makulerad eller gallrad."), code="void")
    for chain in sorted({record.case.chain, into.chain}):
        lock_chain(chain)
    content = []
    for row in record.files.order_by("pk"):
        with row.file.open("rb") as file:
            copy = ContentFile(file.read(), name=row.original_name)
        content.append(Content(copy, row.content_type))
    again = Record(copied_from=record, **{name: getattr(record, name) for name in COPIED})
    text = "\n\n".join(record.texts.order_by("pk").values_list("text", flat=True))
    new = write_record(into, again, content, text, None, actor)
    save_change(
        case=into,
        record=new,
        actor=actor,
        event=events.RECORD_COPIED,
        after={"dnr": new.dnr, "number": record.case.dnr},
    )
    return new
