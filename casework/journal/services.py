# SPDX-License-Identifier: EUPL-1.2
"""The only writer of the journal."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction
from django.utils import timezone

from casework.journal.events import EventType, require
from casework.journal.models import Chain, JournalEntry

OFFICE_CHAIN = "kontoret"
"""The chain of everything that has no diary number."""


class Place(NamedTuple):
    """The next place of a chain, held by its lock until the transaction ends."""

    chain: str
    position: int
    head: str


def log(
    event: EventType,
    obj: models.Model,
    *,
    actor: AbstractBaseUser | None,
    about: models.Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    rows: dict[str, str | None] | None = None,
    place: Place | None = None,
) -> JournalEntry:
    """Append one event to a chain; call it inside the transaction of what it tells.

    Args:
        event: a registered one, from the ``events`` of a room.
        obj: the row that changed; it must have a primary key.
        actor: the person who did it, or nobody when the software did.
        about: what it belongs to, if not ``obj`` itself: its ``chain`` is the number series and
            year (``KS/2026``, the office's where there is none) and its ``subject`` is under which
            the event is shown (``case:12``, ``initiative:7``).
        before: the old values that changed, JSON-able.
        after: the new values, JSON-able.
        reason: the person's reason, in full.
        rows: what rows hold after the event (:func:`casework.journal.digests.digests_of`), so
            that a later change past the services is found.
        place: taken earlier by :func:`take_place`, by those who lock more than the chain.

    Raises:
        UnregisteredEvent: nobody has registered the event, so it has no words.
        TransactionManagementError: there is no transaction to be part of.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The journal is written with what it tells.")
    require(event)
    told = about or obj
    if place is None:
        place = take_place(getattr(told, "chain", None) or OFFICE_CHAIN)
    entry = JournalEntry(
        chain_id=place.chain,
        position=place.position,
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        action=event.key,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        subject=getattr(told, "subject", ""),
        before=before or {},
        after=after or {},
        reason=reason,
        rows=rows or {},
        previous_hash=place.head,
    )
    entry.hash = entry.compute_hash()
    entry.save(force_insert=True)
    Chain.objects.filter(key=place.chain).update(head=entry.hash)
    return entry


def lock_chain(key: str) -> None:
    """Take a chain's lock early, where rows are locked that others lock after their entry.

    Everybody locks in one order (docs/mechanisms/locking.md).
    """
    Chain.objects.select_for_update().filter(key=key).first()


def take_place(key: str) -> Place:
    """Take the next place of a chain, and its lock; an entry must follow in the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_chain (key, length, head) VALUES (%s, 1, '') "
            "ON CONFLICT (key) DO UPDATE SET length = journal_chain.length + 1 "
            "RETURNING length, head",
            [key],
        )
        position, head = cursor.fetchone()
    return Place(key, position, head)
