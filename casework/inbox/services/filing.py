# SPDX-License-Identifier: EUPL-1.2
"""Registering what came in, as a new case or as a record in one that there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NotRequired, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.feedback.models import Notice
from casework.feedback.services import acknowledge
from casework.inbox import events
from casework.inbox.enums import ItemKind, ItemState
from casework.inbox.models import InboxItem
from casework.inbox.services.taking import note, taken
from casework.organisation.models import Unit, User
from casework.register.enums import CaseType, Direction, RecordKind
from casework.register.models import Case, ClassCode, NumberSeries, Record
from casework.register.services import Sender, register_generated_record, register_letter
from casework.register.uploads import PassedFile


class Said(TypedDict):
    """What the registrar says of it; the item says the rest."""

    title: str
    received_date: NotRequired[dt.date | None]
    party: NotRequired[str]
    title_public: NotRequired[str]
    party_public: NotRequired[str]
    secrecy_provision: NotRequired[str]
    is_private: NotRequired[bool]


@transaction.atomic
def file_as_new_case(
    *,
    item: InboxItem,
    series: NumberSeries,
    actor: User | None,
    case_type: str = CaseType.LETTER,
    officer: User | None = None,
    unit: Unit | None = None,
    class_code: ClassCode | None = None,
    due_on: dt.date | None = None,
    with_receipt: bool = True,
    **said: Unpack[Said],
) -> tuple[Case, Record]:
    """Register the item as a new case with its first record (OSL 5:1).

    A person who wrote a mail gets an acknowledgement with the number and no content, once for each
    mail; it is registered as a record of the case. Machines and automatic replies get none.

    Raises:
        PermissionDenied: the person does not keep the diary of the authority or of the series.
        ValidationError: it is dealt with already, or a field is missing.
    """
    now = taken(item, actor)
    if series.authority_id != now.authority_id:
        raise ValidationError({"series": _("Diariet hör till en annan myndighet.")})
    # What is locked after the sender below is in the chain that this transaction holds already.
    case, record = register_letter(
        series=series,
        actor=actor,
        case_type=case_type,
        officer=officer,
        unit=unit,
        class_code=class_code,
        due_on=due_on,
        files=list(_files(now)),
        sender=_sender(now, said),
        **_fields(now, said),
    )
    if with_receipt and may_be_acknowledged(now):
        now.receipt = _acknowledge(case, now, actor)
    _note_filed(now, case, record, actor, is_new_case=True)
    _take_over(item, now)
    return case, record


@transaction.atomic
def file_as_record(
    *, item: InboxItem, case: Case, actor: User | None, **said: Unpack[Said]
) -> Record:
    """Register the item as a record in a case.

    A number in a mail is a suggestion; it is the person's choice of case that counts.

    Raises:
        PermissionDenied: the person keeps the diary neither of the authority nor of the case.
        ValidationError: it is dealt with already, the case is void or another authority's, or a
            field is missing.
    """
    now = taken(item, actor)
    if case.authority_id != now.authority_id:
        raise ValidationError(
            {"case": _("Ärendet hör till en annan myndighet. Skicka posten vidare dit.")}
        )
    _case, record = register_letter(
        series=case.entry.series,
        case=case,
        actor=actor,
        kind=RecordKind.LETTER,
        direction=Direction.INCOMING,
        files=list(_files(now)),
        sender=_sender(now, said),
        **_fields(now, said),
    )
    _note_filed(now, case, record, actor, is_new_case=False)
    _take_over(item, now)
    return record


def may_be_acknowledged(item: InboxItem) -> bool:
    """Whether a person wrote it by mail and has had no acknowledgement of it (RFC 3834)."""
    return item.receipt_id is None and may_be_answered(item)


def may_be_answered(item: InboxItem) -> bool:
    """Whether a person wrote it by mail, from an address that can be written to."""
    if item.kind != ItemKind.MAIL or item.nature:
        return False
    try:
        validate_email(item.sender_address)
    except ValidationError:
        return False
    return True


class _Fields(TypedDict):
    title: str
    received_date: dt.date
    party: str
    title_public: str
    party_public: str
    secrecy_provision: str


def _fields(item: InboxItem, said: Said) -> _Fields:
    return {
        "title": said["title"],
        "received_date": said.get("received_date") or timezone.localdate(item.received_at),
        "party": said.get("party", ""),
        "title_public": said.get("title_public", ""),
        "party_public": said.get("party_public", ""),
        "secrecy_provision": said.get("secrecy_provision", ""),
    }


def _sender(item: InboxItem, said: Said) -> Sender:
    """Who is kept for the next letter. The address belongs to who stands in the mail.

    Under another name the registrar means somebody else, whose mail a third person sent on.
    """
    named = said.get("party", "").strip().casefold()
    own = named in {item.sender_name.casefold(), item.sender_address.casefold()}
    email = item.sender_address if own and may_be_answered(item) else ""
    return Sender(email=email, is_private=said.get("is_private", True))


def _files(item: InboxItem) -> Iterator[PassedFile]:
    """The original and what the gate let through when it came in."""
    for row in item.files.exclude(file="").order_by("pk"):
        with row.file.open("rb") as file:
            yield PassedFile(row.original_name, file.read(), row.content_type)


def _acknowledge(case: Case, item: InboxItem, actor: User | None) -> Record | None:
    notices = acknowledge(case=case, address=item.sender_address)
    if not notices:
        return None
    return register_generated_record(
        case=case,
        kind=RecordKind.RECEIPT,
        title=_("Bekräftelse på att handlingen kommit in"),
        title_public=_("Bekräftelse på att handlingen kommit in"),
        direction=Direction.OUTGOING,
        name=_("bekraftelse.txt"),
        content=_as_sent(notices[0]).encode(),
        content_type="text/plain",
        party=item.sender_name or item.sender_address,
        actor=actor,
    )


def _as_sent(notice: Notice) -> str:
    return _("Till: %(to)s\nÄmne: %(subject)s\n\n%(body)s\n") % {
        "to": notice.address,
        "subject": notice.subject,
        "body": notice.body,
    }


def _note_filed(
    item: InboxItem, case: Case, record: Record, actor: User | None, *, is_new_case: bool
) -> None:
    item.state, item.case, item.record = ItemState.FILED, case, record
    item.is_new_case = is_new_case
    note(
        item,
        events.FILED,
        actor=actor,
        before={"state": ItemState.NEW.value},
        after={
            "state": ItemState.FILED.value,
            "case": case.pk,
            "record": record.pk,
            "dnr": case.dnr if is_new_case else record.dnr,
        },
    )


def _take_over(item: InboxItem, now: InboxItem) -> None:
    item.__dict__.update(now.__dict__)
