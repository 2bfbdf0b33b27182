# SPDX-License-Identifier: EUPL-1.2
"""The registry of events: what may be written in the journal, and how it is told.

Each room has an ``events`` module with its constants, imported when its application is ready::

    CASE_REGISTERED = register("register.case_registered", _("Ärendet registrerades"))

:func:`casework.journal.services.log` refuses an event that is not here, so nothing is ever
journalled that has no words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event.

    Attributes:
        key: ``app.what_happened``, in the past tense; it is what the journal stores.
        words: the sentence that people read; it may hold ``%(name)s``, filled from ``after``.
        quiet: told only in the full history, not on the page of the case.
    """

    key: str
    words: Words
    quiet: bool = False


class Told(Protocol):
    """What :func:`words_of` needs of a journal entry."""

    action: str
    after: dict[str, object]


REGISTRY: dict[str, EventType] = {}
"""Every registered event by its key."""


class UnregisteredEvent(LookupError):
    """Somebody tried to journal an event that no room has registered."""


def register(key: str, words: Words, *, quiet: bool = False) -> EventType:
    """Register an event and return it.

    Raises:
        ValueError: the key is taken.
    """
    if key in REGISTRY:
        raise ValueError(f"The event {key} is registered already.")
    REGISTRY[key] = EventType(key, words, quiet)
    return REGISTRY[key]


def require(event: EventType) -> EventType:
    """Return the event if it is the registered one.

    Raises:
        UnregisteredEvent: it is not.
    """
    if REGISTRY.get(event.key) is not event:
        raise UnregisteredEvent(event.key)
    return event


def quiet_keys() -> list[str]:
    """The keys of the events that only the full history tells."""
    return [event.key for event in REGISTRY.values() if event.quiet]


def words_of(entry: Told) -> str:
    """The sentence of a journal entry; an event whose room is gone is told by its key."""
    event = REGISTRY.get(entry.action)
    if event is None:
        return entry.action
    words = str(event.words)
    return words % _Known(entry.after) if "%(" in words else words


class _Known(dict[str, object]):
    """What an entry tells, lists as a row of words, with an empty text for what it does not."""

    def __init__(self, after: Mapping[str, object]) -> None:
        super().__init__(
            (key, ", ".join(map(str, value)) if isinstance(value, list) else value)
            for key, value in after.items()
        )

    def __missing__(self, _key: str) -> str:
        return ""
