# SPDX-License-Identifier: EUPL-1.2
"""Taking back what was done with an item; what was registered is voided, never erased."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.disclosure.services import withdraw_request
from casework.inbox import events
from casework.inbox.enums import ItemState
from casework.inbox.models import InboxItem
from casework.inbox.services.taking import note, taken
from casework.organisation.models import User
from casework.register.services import void_case, void_record

DEALT_WITH = tuple(state for state in ItemState if state != ItemState.NEW)


@transaction.atomic
def undo(*, item: InboxItem, actor: User | None, reason: str = "") -> None:
    """Put the item back into the inbox.

    A record or a case that it became is voided with the reason; its number is never used again. A
    case that has got more than the letter and its acknowledgement is left to those who know it. So
    is an order in which a record is listed; another is withdrawn.

    Raises:
        PermissionDenied: the person does not keep the diary of the authority.
        ValidationError: it waits already, or what it became cannot be voided.
    """
    now = taken(item, actor, *DEALT_WITH)
    why = reason.strip() or _("Ångrat i inkorgen.")
    before = {
        "state": str(now.state),
        "case": now.case_id,
        "record": now.record_id,
        "aside": str(now.aside),
    }
    if now.state == ItemState.FILED:
        _void(now, why, actor)
    elif now.state == ItemState.ORDERED:
        _withdraw(now, why, actor)
    # What is still on its way by mail is not sent.
    now.forwardings.filter(is_done=False).update(is_done=True)
    now.state, now.aside, now.reason = ItemState.NEW, "", ""
    now.case = now.record = now.order = now.forwarded_to = None
    now.forwarded_address, now.is_new_case = "", False
    note(
        now, events.UNDONE, actor=actor, before=before, after={"state": str(now.state)}, reason=why
    )
    item.__dict__.update(now.__dict__)


def _withdraw(item: InboxItem, reason: str, actor: User | None) -> None:
    if item.order is None:
        raise ValidationError(_("Begäran är redan besvarad."), code="state")
    withdraw_request(request=item.order, reason=reason, actor=actor)


def _void(item: InboxItem, reason: str, actor: User | None) -> None:
    case, record = item.case, item.record
    assert case is not None
    assert record is not None
    if not item.is_new_case:
        if not record.is_void:
            void_record(record=record, reason=reason, actor=actor)  # type: ignore[arg-type]
        return
    if case.is_void:
        return
    others = case.records.exclude(pk__in=[record.pk, item.receipt_id or 0])
    if others.exists():
        raise ValidationError(
            _("%(dnr)s har fått fler handlingar. Gör ändringen i ärendet i stället.")
            % {"dnr": case.dnr},
            code="more",
        )
    void_case(case=case, reason=reason, actor=actor)  # type: ignore[arg-type]
