# SPDX-License-Identifier: EUPL-1.2
"""The worker's sign of life, so that the desk can say when jobs are standing still."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from ops.models import WorkerHeartbeat


def beat(name: str = "worker") -> None:
    """Note that the worker is alive right now."""
    WorkerHeartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def last_beat(name: str = "worker") -> dt.datetime | None:
    """When the worker was last heard of."""
    return WorkerHeartbeat.objects.filter(name=name).values_list("beat_at", flat=True).first()


def worker_is_alive(name: str = "worker") -> bool:
    """Whether the worker was heard of within WORKER_SILENT_SECONDS."""
    beat_at = last_beat(name)
    if beat_at is None:
        return False
    return timezone.now() - beat_at < dt.timedelta(seconds=settings.WORKER_SILENT_SECONDS)
