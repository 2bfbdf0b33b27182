# SPDX-License-Identifier: EUPL-1.2
"""The process follows the minutes: a corrected day moves the step that hangs on the decision."""

from __future__ import annotations

import datetime as dt

from django.dispatch import receiver

from casework.meetings.enums import Correctable
from casework.meetings.models import Decision
from casework.meetings.signals import corrected
from casework.organisation.models import User
from casework.process.services.correcting import move_steps


@receiver(corrected)
def on_corrected(
    sender: type[Decision],
    decisions: list[Decision],
    field: str,
    before: dt.date | None,
    actor: User,
    reason: str,
    **kwargs: object,
) -> None:
    """Move the steps to the decision's new day."""
    if field == Correctable.DAY and before is not None:
        move_steps(decisions=decisions, before=before, actor=actor, reason=reason)
