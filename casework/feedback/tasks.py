# SPDX-License-Identifier: EUPL-1.2
"""Sending notices, by the worker."""

from __future__ import annotations

import structlog
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from casework.feedback.models import Notice, NoticeState

log = structlog.get_logger(__name__)


@task()
def send_notice(notice_id: int) -> None:
    """Send one notice; a failure is kept on it and can be tried again. Never sends twice."""
    notice = Notice.objects.get(pk=notice_id)
    if notice.state == NoticeState.SENT:
        return
    try:
        if notice.address:
            EmailMessage(notice.subject, notice.body, to=[notice.address]).send()
    except OSError as error:
        notice.state, notice.error = NoticeState.FAILED, str(error)
        log.warning("notice_failed", notice=notice_id, error=str(error))
    else:
        notice.state, notice.error, notice.sent_at = NoticeState.SENT, "", timezone.now()
    notice.save(update_fields=["state", "error", "sent_at"])


def enqueue(notice_id: int) -> None:
    """Hand a notice to the worker."""
    send_notice.enqueue(notice_id)


def retry_failed() -> int:
    """Hand every failed notice to the worker again; returns how many."""
    failed = list(Notice.objects.filter(state=NoticeState.FAILED).values_list("pk", flat=True))
    for notice_id in failed:
        enqueue(notice_id)
    return len(failed)
