# SPDX-License-Identifier: EUPL-1.2
"""The event list: the journal in words, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.journal.events import quiet_keys, words_of
from casework.journal.models import JournalEntry
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.selectors import entries_shown
from desk.journal.changes import Change, Names, changes_of
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
    changes: list[Change] = field(default_factory=list)

    def holds(self, text: str) -> bool:
        """Whether all words of a text stand in what is told."""
        told = [self.text, self.actor, self.reason, f"{self.at:%Y-%m-%d}"]
        for change in self.changes:
            told += [change.label, change.old, change.new]
        all_of_it = " ".join(told).casefold()
        return all(word in all_of_it for word in text.casefold().split())


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


LABELS: dict[str, Promise] = {
    "affected": _l("berörda förvaltningar"),
    "amount_tkr": _l("belopp, tkr"),
    "appointer": _l("utses av"),
    "area": _l("område"),
    "asked": _l("tillfrågade"),
    "benefits": _l("nytta"),
    "body": _l("organ"),
    "by": _l("av"),
    "cases": _l("ärenden"),
    "chair": _l("ordförande"),
    "contact": _l("kontakt"),
    "day": _l("dag"),
    "decision": _l("beslut"),
    "decisions": _l("beslut"),
    "dependencies": _l("beroenden"),
    "dnr": _l("diarienummer"),
    "effect": _l("förväntad effekt"),
    "entry": _l("diariepost"),
    "files": _l("filer"),
    "followers": _l("de som följer"),
    "for": _l("till"),
    "form": _l("formulär"),
    "frame_tkr": _l("ram, tkr"),
    "goal": _l("bidrag till målen"),
    "grant": _l("behörighet"),
    "initiatives": _l("initiativ"),
    "into_number": _l("sammanfört med"),
    "key": _l("händelse"),
    "kind_code": _l("slag"),
    "life": _l("läge"),
    "list": _l("lista"),
    "mandate": _l("mandat"),
    "meeting": _l("möte"),
    "minutes": _l("protokoll"),
    "name": _l("namn"),
    "need": _l("behov"),
    "no_answer": _l("har inte svarat"),
    "numbers": _l("nummer"),
    "order": _l("ordning"),
    "part": _l("besvaras av"),
    "party": _l("avsändare eller mottagare"),
    "party_public": _l("avsändare eller mottagare i webbdiariet"),
    "points": _l("beslutspunkter"),
    "present": _l("närvarande"),
    "proposal": _l("förslag"),
    "record": _l("handling"),
    "report": _l("tjänsteutlåtande"),
    "revision": _l("version av texten"),
    "role": _l("roll"),
    "role_code": _l("roll"),
    "round": _l("omgång"),
    "scope": _l("där uppdraget gäller"),
    "sha256": _l("kontrollsumma"),
    "summary": _l("offentlig sammanfattning"),
    "title": _l("rubrik"),
    "title_public": _l("offentlig rubrik"),
    "to": _l("till"),
    "until": _l("till och med"),
    "user": _l("person"),
    "user_id": _l("person"),
    "verdicts": _l("beslut"),
    "what": _l("vad"),
    "who": _l("vem"),
}
"""Words for what the journal notes beside the fields of a row."""


@cache
def label_of(key: str, of: type[Model] | None = None) -> str:
    """What a noted value is, in words: those of its field in the rooms, or of :data:`LABELS`.

    Args:
        of: whose field it is, where that is known; rooms use a name for different things.
    """
    if key in LABELS:
        return str(LABELS[key])
    for model in [*([of] if of else []), *apps.get_models()]:
        if model.__module__.startswith("casework."):
            for field in model._meta.concrete_fields:
                said = str(field.verbose_name)
                if key in (field.name, field.attname) and said != field.name.replace("_", " "):
                    return said
    return key


def as_events(
    user: User,
    entries: list[JournalEntry],
    *,
    known: Iterable[Model | None] = (),
    look_up: bool = True,
) -> list[Event]:
    """Journal entries in words, each with what changed in its fields.

    Args:
        known: rows whose names need not be asked for.
        look_up: ask for the names that are not known; else those changes are left out.
    """
    names = Names(user, [*known, *(entry.actor for entry in entries)])
    changes = changes_of(entries, names, look_up=look_up)
    return [replace(as_event(entry), changes=changes[entry.pk]) for entry in entries]


def as_event(entry: JournalEntry) -> Event:
    """A journal entry in words."""
    keys = dict.fromkeys([*entry.before, *entry.after])
    return Event(
        at=timezone.localtime(entry.at),
        text=_words(entry),
        actor=str(entry.actor or _("Systemet")),
        reason=entry.reason,
        details=[
            (label_of(key), entry.before.get(key, ""), entry.after.get(key, "")) for key in keys
        ],
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
