# SPDX-License-Identifier: EUPL-1.2
"""The event list: the journal in words, newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.events import quiet_keys, words_of
from casework.journal.models import JournalEntry


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the list."""

    at: dt.datetime
    text: str
    actor: str
    reason: str
    details: list[tuple[str, Any, Any]]


def events_of(subjects: list[str], *, quiet: bool = True, most: int | None = None) -> list[Event]:
    """The events of a matter, newest first; ``quiet`` leaves the small ones out.

    Args:
        subjects: under which the journal keeps them.
        quiet: leave the small ones out.
        most: so many of the newest, all unless told.
    """
    entries = JournalEntry.objects.filter(subject__in=subjects).select_related("actor")
    if quiet:
        entries = entries.exclude(action__in=quiet_keys())
    return [as_event(entry) for entry in entries[:most]]


def as_event(entry: JournalEntry) -> Event:
    """A journal entry in words."""
    keys = dict.fromkeys([*entry.before, *entry.after])
    return Event(
        at=timezone.localtime(entry.at),
        text=words_of(entry),
        actor=str(entry.actor or _("Systemet")),
        reason=entry.reason,
        details=[(key, entry.before.get(key, ""), entry.after.get(key, "")) for key in keys],
    )
