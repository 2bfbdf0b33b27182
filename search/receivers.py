# SPDX-License-Identifier: EUPL-1.2
"""Writes the outbox row of a change, inside the transaction of the change.

No search call is made here: with the engine down, registration goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.dispatch import receiver

from casework.journal.inserting import insert
from casework.register.models import Case, EarlierDecision
from casework.register.signals import changed, changed_many
from search.models import ObjectType, OutboxRow

_TYPES: dict[type[models.Model], ObjectType] = {
    Case: ObjectType.CASE,
    EarlierDecision: ObjectType.DECISION,
}
_BATCH = 2_000


@receiver(changed, dispatch_uid="search.outbox")
def enqueue(
    sender: type[models.Model],
    instance: models.Model,
    change_number: int,
    deleted: bool = False,
    narrows: bool = True,
    **_kwargs: Any,
) -> None:
    """Write the outbox row of one change."""
    row = OutboxRow(
        object_type=_TYPES[sender],
        object_id=instance.pk,
        change_number=change_number,
        deleted=deleted,
        narrows=narrows,
    )
    insert([row], keys=False)


@receiver(changed_many, dispatch_uid="search.outbox_many")
def enqueue_many(
    sender: type[models.Model], rows: Sequence[tuple[int, int]], **_kwargs: Any
) -> None:
    """Write the outbox rows of many changes."""
    kind = _TYPES[sender]
    for start in range(0, len(rows), _BATCH):
        insert(
            [
                OutboxRow(object_type=kind, object_id=pk, change_number=number)
                for pk, number in rows[start : start + _BATCH]
            ],
            keys=False,
        )
