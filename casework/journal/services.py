# SPDX-License-Identifier: EUPL-1.2
"""The only writer of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction
from django.utils import timezone

from casework.journal.events import EventType, require
from casework.journal.inserting import Statement, insert_together, send
from casework.journal.models import JournalEntry

OFFICE_CHAIN = "kontoret"
"""The chain of everything that has no diary number."""


class Place(NamedTuple):
    """The next place of a chain, held by its lock until the transaction ends."""

    chain: str
    position: int
    head: str


class Told(NamedTuple):
    """One event on its way into the journal; the parts are those of :func:`log`."""

    event: EventType
    obj: models.Model
    about: models.Model | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str = ""
    rows: dict[str, str | None] | None = None


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
    told = Told(event, obj, about, before, after, reason, rows)
    if place is None:
        place = take_place(getattr(about or obj, "chain", None) or OFFICE_CHAIN)
    (entry,) = log_many([told], actor=actor, place=place)
    return entry


def log_many(
    told: Sequence[Told], *, actor: AbstractBaseUser | None, place: Place
) -> list[JournalEntry]:
    """Append events to one chain, in their order; see :func:`log`.

    Args:
        told: what happened.
        actor: who did it all.
        place: the first of as many places as there are events (:func:`take_place`).
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The journal is written with what it tells.")
    now, head = timezone.now(), place.head
    entries = []
    for position, each in enumerate(told, start=place.position):
        require(each.event)
        entry = JournalEntry(
            chain_id=place.chain,
            position=position,
            at=now,
            actor_id=actor.pk if actor else None,
            action=each.event.key,
            object_type=each.obj._meta.label_lower,
            object_id=str(each.obj.pk),
            subject=getattr(each.about or each.obj, "subject", ""),
            before=each.before or {},
            after=each.after or {},
            reason=each.reason,
            rows=each.rows or {},
            previous_hash=head,
        )
        entry.hash = head = entry.compute_hash()
        entries.append(entry)
    insert_together(
        entries,
        then=(_SET_HEAD, [place.chain, place.position + len(told) - 1, head]),
        keys=False,
    )
    return entries


def lock_chain(key: str) -> None:
    """Take a chain's lock early, where rows are locked that others lock after their entry.

    Everybody locks in one order (docs/mechanisms/locking.md).
    """
    send(_lock(key))


_LOCKS = 2027
"""The class of the advisory locks of chains, apart from others' in the same database."""


def _lock(key: str) -> list[Statement]:
    """What takes a chain's lock, which lasts until the transaction ends.

    It is an advisory one. Of those who wait for a row PostgreSQL wakes one by chance, and it looks
    for the row anew; for an advisory lock they stand in line, so that the last of sixteen waits
    half as long. On SQLite the transaction itself is the lock.
    """
    if connection.vendor != "postgresql":
        return []
    return [("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCKS, key])]


def take_place(key: str) -> Place:
    """Take the next place of a chain, and its lock; an entry must follow in the transaction."""
    place, _values = take_place_and(key)
    return place


def take_place_and(key: str, also: Sequence[Statement] = ()) -> tuple[Place, list[Any]]:
    """As :func:`take_place`, and in the same message what is read under the chain's lock.

    Args:
        key: of the chain.
        also: expressions of one value each; the values are returned.
    """
    read = [(_LENGTH, [key]), (_HEAD, [key]), *also]
    listed = ", ".join(sql for sql, _values in read)
    question = (f"SELECT {listed}", [value for _sql, values in read for value in values])
    ((length, head, *rest),) = send([*_lock(key), question])[-1]
    return Place(key, (length or 0) + 1, head or ""), rest


_LENGTH = "(SELECT length FROM journal_chain WHERE key = %s)"
_HEAD = "(SELECT head FROM journal_chain WHERE key = %s)"
_SET_HEAD = (
    "INSERT INTO journal_chain (key, length, head) VALUES (%s, %s, %s) "
    "ON CONFLICT (key) DO UPDATE SET length = excluded.length, head = excluded.head"
)
