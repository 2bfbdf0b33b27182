# SPDX-License-Identifier: EUPL-1.2
"""What asks for records becomes an order of them (TF 2:15), and who asked is not kept with it."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from casework.disclosure.models import DisclosureRequest
from casework.disclosure.services import request_disclosure
from casework.inbox import events
from casework.inbox.enums import ItemState
from casework.inbox.models import Forwarding, InboxItem
from casework.inbox.services.taking import note, taken
from casework.inbox.tasks import enqueue
from casework.organisation.models import User


@transaction.atomic
def file_as_order(
    *,
    item: InboxItem,
    actor: User | None,
    text: str,
    number: str = "",
    contact: str = "",
    with_code: bool = False,
) -> DisclosureRequest:
    """Make an order of records of the item; its answer is due from the day on which that came.

    The order holds what is asked for and where the answer goes, as one that was made on the page
    for it. The item stays as it came and leads to the order until the address is forgotten; the
    journal tells of both, and not that they belong together (TF 2:18).

    Args:
        with_code: send the receipt's code to the address, which then must be one of mail.

    Raises:
        PermissionDenied: the person does not keep the authority's diary.
        ValidationError: it is dealt with already, nothing is asked for, or the code cannot be sent.
    """
    now = taken(item, actor)
    if with_code:
        _require_address(contact)
    order = request_disclosure(number=number, text=text, contact=contact, came_at=now.received_at)
    now.state, now.order = ItemState.ORDERED, order
    note(
        now,
        events.ORDERED,
        actor=actor,
        before={"state": ItemState.NEW.value},
        after={"state": ItemState.ORDERED.value},
    )
    if with_code:
        sending = Forwarding.objects.create(item=now, is_receipt=True)
        transaction.on_commit(partial(enqueue, sending.pk))
    item.__dict__.update(now.__dict__)
    return order


def _require_address(contact: str) -> None:
    try:
        validate_email(contact.strip())
    except ValidationError as error:
        raise ValidationError(
            {"contact": _("Koden kan bara skickas till en e-postadress.")}, code="address"
        ) from error


def untie_orders() -> int:
    """Let no item lead to an order any more when the receipt has had its time.

    No person does it, the worker does, daily, when it forgets the addresses. Returns how many.
    """
    rows = InboxItem.objects.filter(order__answered_at__isnull=False).select_related("order")
    past = [row.pk for row in rows if row.order is not None and row.order.is_closed]
    return InboxItem.objects.filter(pk__in=past).update(order=None)
