# SPDX-License-Identifier: EUPL-1.2
"""A record that comes in to a case stands with who has the case."""

from __future__ import annotations

from django.dispatch import receiver

from casework.follow_up.services import note_new_record
from casework.organisation.models import User
from casework.register.enums import Direction
from casework.register.models import Record
from casework.register.signals import filed


@receiver(filed)
def on_filed(sender: type[Record], record: Record, actor: User | None, **kwargs: object) -> None:
    """What came in, unless it is what the case began with or who has the case filed it."""
    if record.direction != Direction.INCOMING or actor is None:
        return
    if record.entry.record_number > 1 and record.case.officer_id != actor.pk:
        note_new_record(record=record)
