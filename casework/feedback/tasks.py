# SPDX-License-Identifier: EUPL-1.2
"""Sending notices, by the worker."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from casework.feedback.models import Notice, NoticeState

log = structlog.get_logger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=3)
MAX_ATTEMPTS = 24
#: A notice that has waited so long has lost its job: the worker was killed in the middle of it.
LOST_AFTER = timedelta(hours=1)


@task()
def send_notice(notice_id: int) -> None:
    """Send one notice; a failure is kept on it and tried again. One that is sent is left alone."""
    notice = Notice.objects.get(pk=notice_id)
    if notice.state == NoticeState.SENT:
        return
    try:
        if notice.address:
            EmailMessage(notice.subject, notice.body, to=[notice.address]).send()
    except (OSError, ValueError) as error:  # no connection, refused; an address that is none
        notice.state, notice.error = NoticeState.FAILED, str(error)
        log.warning("notice_failed", notice=notice_id, error=str(error))
    else:
        notice.state, notice.error, notice.sent_at = NoticeState.SENT, "", timezone.now()
    notice.attempts, notice.tried_at = notice.attempts + 1, timezone.now()
    notice.save(update_fields=["state", "error", "sent_at", "attempts", "tried_at"])


def enqueue(notice_id: int) -> None:
    """Hand a notice to the worker."""
    send_notice.enqueue(notice_id)


@transaction.atomic
def retry_failed() -> int:
    """Hand failed notices to the queue again, each after a longer pause; return how many.

    The worker calls it now and then. So a mail server that was down for a night costs nobody the
    word that a decision was made (R39). After MAX_ATTEMPTS, which takes more than two days, a
    notice stays failed. One that lost its job is sent again too.
    """
    now = timezone.now()
    lost = Q(state=NoticeState.WAITING, created_at__lt=now - LOST_AFTER) & (
        Q(tried_at=None) | Q(tried_at__lt=now - LOST_AFTER)
    )
    failed = Q(state=NoticeState.FAILED, attempts__lt=MAX_ATTEMPTS)
    due = 0
    for notice in Notice.objects.select_for_update().filter(failed | lost):
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** max(0, notice.attempts - 1))
        if notice.state == NoticeState.FAILED and notice.tried_at and notice.tried_at + pause > now:
            continue
        notice.state, notice.tried_at = NoticeState.WAITING, now
        notice.save(update_fields=["state", "tried_at"])
        enqueue(notice.pk)
        due += 1
    return due
