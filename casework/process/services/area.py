# SPDX-License-Identifier: EUPL-1.2
"""The service-area group's decisions: exactly three outcomes in step one, a place in step two."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.process.models import Process, Step
from casework.process.services.core import take_step


@transaction.atomic
def admit(
    initiative: Initiative, *, actor: User, reason: str = "", decided_on: dt.date | None = None
) -> Step:
    """Tas med i områdets prioritering (R31)."""
    step = take_step(initiative.process, "admit", actor, reason=reason, decided_on=decided_on)
    Process.objects.filter(pk=initiative.process.pk).update(admitted_at=timezone.now())
    return step


def request_completion(
    initiative: Initiative, *, actor: User, reason: str, decided_on: dt.date | None = None
) -> Step:
    """Behöver kompletteras innan ställningstagande (R31)."""
    return take_step(
        initiative.process, "request_completion", actor, reason=reason, decided_on=decided_on
    )


def reject(
    initiative: Initiative, *, actor: User, reason: str, decided_on: dt.date | None = None
) -> Step:
    """Avslås (R31)."""
    return take_step(initiative.process, "reject", actor, reason=reason, decided_on=decided_on)


def complete(initiative: Initiative, *, actor: User, reason: str) -> Step:
    """What was asked for is in place; it returns to step one (R32)."""
    return take_step(initiative.process, "complete", actor, reason=reason)


def rank(initiative: Initiative, *, actor: User, reason: str = "") -> Step:
    """The place on the area's list is fixed (R33); prioritisation calls it for each."""
    return take_step(initiative.process, "rank", actor, reason=reason)
