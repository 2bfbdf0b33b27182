# SPDX-License-Identifier: EUPL-1.2
"""The only writers of what went out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.dispatch import events
from casework.dispatch.enums import SendingState, Way
from casework.dispatch.models import Dispatch
from casework.dispatch.tasks import send_dispatch
from casework.journal.digests import digests_of
from casework.organisation.models import User
from casework.register.models import Record
from casework.register.obstacles import require_live
from casework.register.permissions import require_look_after
from casework.register.services import save_change


class Receiver(NamedTuple):
    """Who gets a record, and where."""

    name: str
    address: str = ""


MAX_MAIL_BYTES = 15 * 1024 * 1024
"""What most mail systems still take, counted before the files are written as text."""


@transaction.atomic
def dispatch_record(
    *,
    record: Record,
    receivers: Sequence[Receiver],
    way: str,
    actor: User,
    sent_on: dt.date | None = None,
) -> list[Dispatch]:
    """Send a record to some receivers, or note that it has been sent; one row for each.

    By mail the files go as they are, as soon as the worker comes to it; what is secret never goes
    by mail.

    Raises:
        PermissionDenied: the person neither keeps the diary nor handles the case.
        ValidationError: nobody is named, an address is none, the day lies ahead, or the record
            cannot go by mail; or the case is void or joined into another.
    """
    require_look_after(actor, record.case)
    require_live(record.case)
    day = sent_on or timezone.localdate()
    named = [Receiver(row.name.strip(), row.address.strip()) for row in receivers]
    _check(record, named, way, day)
    by_mail = way == Way.MAIL
    rows = [
        Dispatch(
            record=record,
            receiver=row.name or row.address,
            address=row.address,
            way=way,
            sent_on=day,
            by=actor,
            noted_at=timezone.now(),
            state=SendingState.WAITING if by_mail else SendingState.SENT,
        )
        for row in named
    ]
    for row in rows:
        row.save(force_insert=True)
    save_change(
        case=record.case,
        actor=actor,
        event=events.DISPATCHED,
        obj=record,
        after={"dnr": record.dnr, "way": way, "count": len(rows)},
        rows=digests_of(*rows),
    )
    if by_mail:
        for row in rows:
            transaction.on_commit(partial(send_dispatch.enqueue, row.pk))
    return rows


@transaction.atomic
def note_receipt(*, dispatch: Dispatch, received_on: dt.date, note: str, actor: User) -> None:
    """Note that a receiver has got the record (delgivning).

    Raises:
        PermissionDenied: the person neither keeps the diary nor handles the case.
        ValidationError: the day lies ahead, or before the record was sent.
    """
    case = dispatch.record.case
    require_look_after(actor, case)
    if received_on > timezone.localdate() or received_on < dispatch.sent_on:
        raise ValidationError(
            {"received_on": _("Dagen ska ligga mellan expedieringen och i dag.")}, code="day"
        )
    dispatch.received_on, dispatch.receipt_note = received_on, note.strip()
    dispatch.save(update_fields=["received_on", "receipt_note"])
    save_change(
        case=case,
        actor=actor,
        event=events.RECEIPT_NOTED,
        obj=dispatch.record,
        after={"dnr": dispatch.record.dnr, "received_on": received_on.isoformat()},
        rows=digests_of(dispatch),
    )


def _check(record: Record, receivers: Sequence[Receiver], way: str, day: dt.date) -> None:
    if way not in Way.values:
        raise ValidationError({"way": _("Välj ett sätt ur listan.")}, code="way")
    if not receivers or not all(row.name or row.address for row in receivers):
        raise ValidationError({"receivers": _("Skriv minst en mottagare.")}, code="required")
    if day > timezone.localdate():
        raise ValidationError({"sent_on": _("Dagen ligger i framtiden.")}, code="day")
    if record.is_void or record.disposed_at is not None:
        raise ValidationError(_("Handlingen är makulerad eller gallrad."), code="void")
    if way != Way.MAIL:
        return
    if record.is_secret or record.case.is_secret:
        raise ValidationError(
            {"way": _("Det som är sekretessmarkerat skickas inte med e-post.")}, code="secret"
        )
    for row in receivers:
        try:
            validate_email(row.address)
        except ValidationError as error:
            raise ValidationError(
                {
                    "receivers": _("%(name)s saknar en e-postadress som går att skicka till.")
                    % {"name": row.name or row.address}
                },
                code="address",
            ) from error
    if sum(record.files.values_list("size", flat=True)) > MAX_MAIL_BYTES:
        raise ValidationError(
            {"way": _("Filerna är för stora för e-post. Välj ett annat sätt.")}, code="size"
        )
