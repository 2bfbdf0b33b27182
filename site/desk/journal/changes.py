# SPDX-License-Identifier: EUPL-1.2
"""What changed in a field, in words: its label, what stood there and what stands there now.

The journal keeps codes and keys. Here a code becomes its word, a key the name of what it points to
and a day a day. Of another case only the number is told, and only to who may see that case; of a
file its name, to those who may open it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from casework.journal.models import JournalEntry
from casework.organisation.models import Administration, User
from casework.process.enums import stage_words
from casework.register.models import Case, Record, RecordFile

LISTS: dict[str, type[models.Model]] = {
    "administrations": Administration,
    "followers": User,
    "public_files": RecordFile,
}
"""What the journal keeps as lists of keys, and of what."""

LONG = 60
"""A text that is longer is shown once, with the differing words marked."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one entry.

    Attributes:
        label: the field in words.
        old: what stood there; empty where nothing did.
        new: what stands there now.
        is_text: whether the difference is shown word for word.
    """

    label: str
    old: str
    new: str
    is_text: bool


class Names:
    """The words of the rows that fields point to, each looked up once."""

    def __init__(self, user: User, known: Iterable[models.Model | None] = ()) -> None:
        self._user = user
        self._found: dict[tuple[type[models.Model], object], str] = {
            (type(row), row.pk): _name_of(row) for row in known if row is not None
        }

    def look_up(self, told: Iterable[tuple[type[models.Model], str, Any]]) -> None:
        """Read the names of what these fields point to: one query for each kind of row.

        Args:
            told: model, field and value of each.
        """
        wanted: defaultdict[type[models.Model], set[object]] = defaultdict(set)
        for model, name, value in told:
            target = target_of(model, name)
            for key in value if isinstance(value, list) else [value]:
                if target is not None and _is_key(key) and (target, key) not in self._found:
                    wanted[target].add(key)
        for target, keys in wanted.items():
            rows = target._default_manager.filter(pk__in=keys)
            if target is Case:
                rows = rows.filter(pk__in=Case.objects.visible_to(self._user).values("pk"))
            if target is RecordFile:
                inside = Record.objects.shown_to(self._user).filter(is_internal=True)
                rows = rows.filter(record__in=inside.values("pk"))
            self._found.update({(target, row.pk): _name_of(row) for row in rows})

    def words(self, model: type[models.Model], name: str, value: Any) -> str | None:
        """A field's value in words; None where it may not or cannot be told."""
        if value is None or value in ("", []):
            return ""
        target = target_of(model, name)
        if target is not None:
            keys = value if isinstance(value, list) else [value]
            names = [self._found.get((target, key)) if _is_key(key) else str(key) for key in keys]
            known = [each for each in names if each is not None]
            return ", ".join(known) if len(known) == len(names) else None
        return plain_words(model, name, value)


def _is_key(value: object) -> bool:
    """Whether it points to a row; what the city keeps of itself is noted by name."""
    return isinstance(value, int) or (isinstance(value, str) and value.isdecimal())


def _name_of(row: models.Model) -> str:
    return row.dnr if isinstance(row, Case) else str(row)


def field_of(model: type[models.Model], name: str) -> models.Field | None:
    """The field that a noted value is of, if it is of one."""
    for field in model._meta.concrete_fields:
        if name in (field.name, field.attname):
            return field
    return None


def target_of(model: type[models.Model], name: str) -> type[models.Model] | None:
    """The kind of row that a noted value points to, if it does."""
    field = field_of(model, name)
    if isinstance(field, models.ForeignKey):
        return field.remote_field.model
    return LISTS.get(name)


def plain_words(model: type[models.Model], name: str, value: Any) -> str:
    """A value that points to nothing, in words."""
    field = field_of(model, name)
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if field is not None and field.choices:
        # A step of the candidacy is told of the process, in the candidacy's codes.
        return str(dict(field.flatchoices).get(value) or stage_words(str(value)))
    if isinstance(field, models.DateTimeField) and isinstance(value, str | dt.datetime):
        at = parse_datetime(value) if isinstance(value, str) else value
        return timezone.localtime(at).strftime("%Y-%m-%d %H.%M") if at else str(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def told_fields(entry: JournalEntry) -> list[tuple[type[models.Model], str]]:
    """The fields of its own row that an entry says were changed."""
    try:
        model = apps.get_model(entry.object_type)
    except LookupError:
        return []  # a room that is no more
    return [
        (model, name)
        for name in entry.before
        if name in entry.after and (field_of(model, name) is not None or name in LISTS)
    ]


def changes_of(
    entries: Iterable[JournalEntry], names: Names, *, look_up: bool = True
) -> dict[int, list[Change]]:
    """What changed, by the keys of the entries.

    Args:
        names: what is known of rows that are pointed to.
        look_up: read the names that are not known; else what points to them is left out.
    """
    from desk.journal.events import label_of  # it shows what is told here

    listed = [(entry, told_fields(entry)) for entry in entries]
    if look_up:
        names.look_up(
            (model, name, side[name])
            for entry, fields in listed
            for model, name in fields
            for side in (entry.before, entry.after)
        )
    found: dict[int, list[Change]] = {}
    for entry, fields in listed:
        changes = []
        for model, name in fields:
            old = names.words(model, name, entry.before[name])
            new = names.words(model, name, entry.after[name])
            if old is None or new is None or old == new:
                continue
            is_text = bool(old and new) and max(len(old), len(new)) > LONG
            changes.append(Change(label_of(name, model), old, new, is_text))
        found[entry.pk] = changes
    return found
