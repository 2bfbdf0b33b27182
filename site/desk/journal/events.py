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
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.selectors import entries_shown
from ui.cards import with_money
from ui.present import told


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the list."""

    at: dt.datetime
    text: str
    actor: str
    reason: str
    details: list[tuple[str, Any, Any]]


def entries_of(
    user: User,
    case: Case | None,
    subjects: list[str],
    *,
    quiet: bool = False,
    most: int | None = None,
) -> list[JournalEntry]:
    """What the person may read of a matter's journal, newest first.

    Args:
        case: whose secret records and unseen neighbours to leave out, if it has any.
        subjects: under which the journal keeps them.
        quiet: leave the small ones out.
        most: so many of the newest are looked at, all unless told.
    """
    entries = JournalEntry.objects.filter(subject__in=subjects).select_related("actor")
    if quiet:
        entries = entries.exclude(action__in=quiet_keys())
    newest = entries[:most]
    return list(newest) if case is None else entries_shown(user, case, newest)


def as_event(entry: JournalEntry) -> Event:
    """A journal entry in words."""
    keys = dict.fromkeys([*entry.before, *entry.after])
    return Event(
        at=timezone.localtime(entry.at),
        text=_words(entry),
        actor=str(entry.actor or _("Systemet")),
        reason=entry.reason,
        details=[(key, entry.before.get(key, ""), entry.after.get(key, "")) for key in keys],
    )


def _words(entry: JournalEntry) -> str:
    """The sentence of an entry; of a step with its opinion, occasion and amount."""
    room, _dot, key = entry.action.partition(".")
    after = entry.after
    if room != "process" or not told(key):
        return words_of(entry)
    sentence = told(key, opinion=after.get("opinion", ""), occasion=after.get("occasion", ""))
    return with_money(sentence, StepSaid(after))


class StepSaid:
    """The codes of a step as its journal entry keeps them."""

    def __init__(self, after: dict[str, Any]) -> None:
        self.opinion: str = after.get("opinion", "")
        self.occasion: str = after.get("occasion", "")
        self.budget_year: int | None = after.get("budget_year")
        self.amount_tkr: int | None = after.get("amount_tkr")
