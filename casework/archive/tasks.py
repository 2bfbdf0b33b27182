# SPDX-License-Identifier: EUPL-1.2
"""Closing a big case, by the worker."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from casework.archive.enums import ClosingState
from casework.archive.models import Closing

LOST_AFTER = timedelta(minutes=10)
"""A closing that has stood still so long has lost its worker."""


@task()
def close(closing_id: int) -> None:
    """Close it, some hundred records at a time."""
    from casework.archive.services.closing import run_closing

    run_closing(closing_id)


def retry_closings() -> int:
    """Hand closings that have lost their worker to the queue again; return how many.

    The worker calls it now and then.
    """
    underway = Closing.objects.filter(state__in=[ClosingState.WAITING, ClosingState.RUNNING])
    now = timezone.now()
    lost = list(underway.filter(touched_at__lt=now - LOST_AFTER).values_list("pk", flat=True))
    Closing.objects.filter(pk__in=lost).update(touched_at=now)
    for pk in lost:
        close.enqueue(pk)
    return len(lost)
