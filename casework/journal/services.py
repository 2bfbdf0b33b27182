# SPDX-License-Identifier: EUPL-1.2
"""The only writer of the journal, and its auditor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction
from django.utils import timezone

from casework.journal.events import EventType, require
from casework.journal.models import Chain, JournalEntry

OFFICE_CHAIN = "kontoret"
"""The chain of everything that has no diary number."""


def log(
    event: EventType,
    obj: models.Model,
    *,
    actor: AbstractBaseUser | None,
    about: models.Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
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

    Raises:
        UnregisteredEvent: nobody has registered the event, so it has no words.
        TransactionManagementError: there is no transaction to be part of.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The journal is written with what it tells.")
    require(event)
    told = about or obj
    chain: str = getattr(told, "chain", None) or OFFICE_CHAIN
    position, head = _advance(chain)
    entry = JournalEntry(
        chain_id=chain,
        position=position,
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        action=event.key,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        subject=getattr(told, "subject", ""),
        before=before or {},
        after=after or {},
        reason=reason,
        previous_hash=head,
    )
    entry.hash = entry.compute_hash()
    entry.save(force_insert=True)
    Chain.objects.filter(key=chain).update(head=entry.hash)
    return entry


def lock_chain(key: str) -> None:
    """Take a chain's lock early, where rows are locked that others lock after their entry.

    Everybody locks in one order (docs/decisions/0006): rounds and cycles, processes by primary key,
    the chain, the case.
    """
    Chain.objects.select_for_update().filter(key=key).first()


def _advance(key: str) -> tuple[int, str]:
    """Take the next position under the chain row's lock; returns it and the hash before it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_chain (key, length, head) VALUES (%s, 1, '') "
            "ON CONFLICT (key) DO UPDATE SET length = journal_chain.length + 1 "
            "RETURNING length, head",
            [key],
        )
        position, head = cursor.fetchone()
    return position, head


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where a chain does not hold."""

    chain: str
    position: int
    problem: str


def verify_chains() -> Iterator[Fault]:
    """Re-compute every chain from its first entry; yields what does not hold."""
    for chain in Chain.objects.order_by("key"):
        expected, head = 1, ""
        for entry in chain.entries.order_by("position").iterator(chunk_size=2000):
            if entry.position != expected:
                yield Fault(chain.key, expected, "position saknas")
                expected = entry.position
            if entry.previous_hash != head:
                yield Fault(chain.key, entry.position, "hänger inte ihop med föregående")
            if entry.hash != entry.compute_hash():
                yield Fault(chain.key, entry.position, "innehållet är ändrat")
            head, expected = entry.hash, expected + 1
        if chain.length != expected - 1:
            yield Fault(chain.key, chain.length, "kedjans slut saknas")
        if chain.head != head:
            yield Fault(chain.key, chain.length, "kedjans sista hash stämmer inte")
