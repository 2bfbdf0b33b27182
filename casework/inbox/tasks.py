# SPDX-License-Identifier: EUPL-1.2
"""The inbox's jobs, run by the worker: what is sent on by mail, and receipts of orders."""

from __future__ import annotations

import datetime as dt

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from casework.disclosure.models import DisclosureRequest
from casework.inbox.models import Forwarding, InboxItem

log = structlog.get_logger(__name__)

PAUSE = dt.timedelta(minutes=10)
"""So long between two tries, and before one that was never made counts as lost."""
MAX_ATTEMPTS = 24


@task()
def send_forwarding(forwarding_id: int) -> None:
    """Send an item on as it came, or a receipt; a failure is kept and tried again."""
    row = Forwarding.objects.select_related("item__order").get(pk=forwarding_id)
    if row.is_done:
        return
    try:
        mail = _receipt_of(row.item.order) if row.is_receipt else _mail_of(row)
        if mail is not None:
            mail.send()
    except (OSError, ValueError) as error:  # no connection, refused; an address that is none
        # What a server says may name who asked for a record, which no log may.
        row.error = type(error).__name__ if row.is_receipt else str(error)
        log.warning("forwarding_failed", forwarding=forwarding_id, error=row.error)
    else:
        row.is_done, row.sent_at, row.error = True, timezone.now(), ""
    row.attempts, row.tried_at = row.attempts + 1, timezone.now()
    row.save()


def _mail_of(row: Forwarding) -> EmailMessage:
    item: InboxItem = row.item
    mail = EmailMessage(
        _("Vidarebefordrat: %(title)s") % {"title": item.title or _("utan ämne")},
        _("Hej,\n\nDet här kom till oss %(day)s och hör till er. Det följer med som bilaga.\n\n"
          "Hälsningar\n%(city)s")
        % {"day": timezone.localdate(item.received_at).isoformat(), "city": settings.CITY_NAME},
        to=[row.address],
        headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    originals = item.files.exclude(file="").filter(is_original=True)
    for file in originals or item.files.exclude(file=""):
        with file.file.open("rb") as stored:
            # As a file, byte for byte: a mail in a mail would be written anew.
            kind = "application/octet-stream" if file.is_original else file.content_type
            mail.attach(file.original_name, stored.read(), kind)
    return mail


def _receipt_of(order: DisclosureRequest | None) -> EmailMessage | None:
    """The code of an order and when it is answered; nothing of what is asked for."""
    if order is None or order.is_closed or not order.contact:
        return None
    return EmailMessage(
        _("Vi har tagit emot din begäran om handlingar"),
        _("Hej,\n\nVi tog emot din begäran %(day)s. Svaret kommer senast %(due)s.\n\n"
          "Här läser du svaret och hämtar handlingarna:\n%(url)s\n\n"
          "Din kvittokod är %(code)s. Den som har koden kan läsa svaret, så visa den inte för "
          "någon annan. Du behöver inte säga vem du är eller varför du frågar.\n\n"
          "Hälsningar\n%(city)s")
        % {
            "day": timezone.localdate(order.requested_at).isoformat(),
            "due": order.promised_on.isoformat(),
            "url": f"{settings.BASE_URL}{settings.ORDER_PATH % order.code}",
            "code": order.code,
            "city": settings.CITY_NAME,
        },
        to=[order.contact],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )  # fmt: skip


def untie_orders() -> int:
    """Let no item lead to an order whose receipt has had its time; returns how many did."""
    # The services hand their jobs to this module.
    from casework.inbox.services import untie_orders as untie

    return untie()


def enqueue(forwarding_id: int) -> None:
    """Hand what is sent on to the worker."""
    send_forwarding.enqueue(forwarding_id)


@transaction.atomic
def retry_forwardings() -> int:
    """Hand what was not sent to the queue again; return how many. The worker calls it."""
    before = timezone.now() - PAUSE
    rows = Forwarding.objects.select_for_update().filter(
        Q(tried_at=None, created_at__lt=before) | Q(tried_at__lt=before),
        is_done=False,
        attempts__lt=MAX_ATTEMPTS,
    )
    due = 0
    for row in rows:
        row.tried_at = timezone.now()
        row.save(update_fields=["tried_at"])
        enqueue(row.pk)
        due += 1
    return due
