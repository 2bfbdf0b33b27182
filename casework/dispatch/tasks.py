# SPDX-License-Identifier: EUPL-1.2
"""Sending records by mail, by the worker."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from casework.dispatch.enums import SendingState
from casework.dispatch.models import Dispatch

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 12
LONGEST_PAUSE = timedelta(hours=2)


@task()
def send_dispatch(dispatch_id: int) -> None:
    """Send one record to one receiver; a failure is kept on the row and tried again.

    What has been marked secret since it was ordered is not sent.
    """
    row = Dispatch.objects.select_related("record__case__authority").get(pk=dispatch_id)
    if row.state == SendingState.SENT:
        return
    if row.record.is_secret or row.record.case.is_secret or row.record.is_void:
        row.state, row.error = SendingState.FAILED, _("Handlingen är sekretessmarkerad.")
        row.attempts = MAX_ATTEMPTS
        row.save(update_fields=["state", "error", "attempts"])
        return
    try:
        _message(row).send()
    except (OSError, ValueError) as error:  # no connection, refused; an address that is none
        row.state, row.error = SendingState.FAILED, str(error)
        log.warning("dispatch_failed", dispatch=dispatch_id, error=str(error))
    else:
        row.state, row.error = SendingState.SENT, ""
    row.attempts, row.tried_at = row.attempts + 1, timezone.now()
    row.save(update_fields=["state", "error", "attempts", "tried_at"])


@transaction.atomic
def retry_dispatches() -> int:
    """Hand what could not be sent to the queue again, each after a longer pause; return how many.

    The worker calls it now and then. What lost its job is sent again too.
    """
    now = timezone.now()
    lost = Q(state=SendingState.WAITING, noted_at__lt=now - LONGEST_PAUSE) & (
        Q(tried_at=None) | Q(tried_at__lt=now - LONGEST_PAUSE)
    )
    failed = Q(state=SendingState.FAILED, attempts__lt=MAX_ATTEMPTS)
    due = 0
    for row in Dispatch.objects.select_for_update(of=("self",)).filter(failed | lost):
        pause = min(LONGEST_PAUSE, timedelta(minutes=2**row.attempts))
        if row.tried_at is not None and row.tried_at + pause > now:
            continue
        row.state, row.tried_at = SendingState.WAITING, now
        row.save(update_fields=["state", "tried_at"])
        send_dispatch.enqueue(row.pk)
        due += 1
    return due


def _message(row: Dispatch) -> EmailMessage:
    record = row.record
    authority = record.case.authority
    body = _(
        "Hej,\n\nhär kommer handling %(dnr)s från %(authority)s.\n\n"
        "Ange numret om du svarar.\n\n%(city)s"
    ) % {"dnr": record.dnr, "authority": authority, "city": settings.CITY_NAME}
    message = EmailMessage(record.dnr, body, to=[row.address])
    if authority.email:
        message.reply_to = [authority.email]
    for file in record.files.order_by("pk"):
        with file.file.open("rb") as content:
            message.attach(file.original_name, content.read(), file.content_type)
    return message
