# SPDX-License-Identifier: EUPL-1.2
"""The inbox's jobs, run by the worker: what is sent on by mail."""

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

from casework.inbox.models import Forwarding, InboxItem

log = structlog.get_logger(__name__)

PAUSE = dt.timedelta(minutes=10)
"""So long between two tries, and before one that was never made counts as lost."""
MAX_ATTEMPTS = 24


@task()
def send_forwarding(forwarding_id: int) -> None:
    """Send an item on as it came; a failure is kept and tried again."""
    row = Forwarding.objects.select_related("item").get(pk=forwarding_id)
    if row.is_done:
        return
    try:
        _mail_of(row).send()
    except (OSError, ValueError) as error:  # no connection, refused; an address that is none
        row.error = str(error)
        log.warning("forwarding_failed", forwarding=forwarding_id, error=str(error))
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
