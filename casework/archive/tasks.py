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


@task()
def undo(closing_id: int) -> None:
    """Open a big case again, some hundred records at a time."""
    from casework.archive.services.undoing import run_undoing

    run_undoing(closing_id)


def retry_closings() -> int:
    """Hand closings that have lost their worker to the queue again, also such as are undone.

    Returns how many. The worker calls it now and then.
    """
    underway = [ClosingState.WAITING, ClosingState.RUNNING, ClosingState.UNDOING]
    now = timezone.now()
    rows = Closing.objects.filter(state__in=underway, touched_at__lt=now - LOST_AFTER)
    lost = list(rows.values_list("pk", "state"))
    Closing.objects.filter(pk__in=[pk for pk, _state in lost]).update(touched_at=now)
    for pk, state in lost:
        (undo if state == ClosingState.UNDOING else close).enqueue(pk)
    return len(lost)
