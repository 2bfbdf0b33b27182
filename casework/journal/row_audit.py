# SPDX-License-Identifier: EUPL-1.2
"""The comparison of rows with what the journal tells of them, some owners at a time.

An owner is what events are shown under: a case, a meeting, an initiative. Its tables are those
whose rows hang on it. The register audits the tables of a case (``register/audit_rows.py``); rooms
with other owners audit them by :func:`owner_faults`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from casework.journal.digests import columns_of, digest, row_key
from casework.journal.models import JournalEntry

CHUNK = 2000

Owner = TypeVar("Owner", bound=models.Model)

Told = dict[str, tuple[str | None, int]]
"""By row: what the newest event about it says that it holds, and which owner it hangs on."""


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table whose rows the journal tells of, and the way from a row to its owner.

    ``only`` are the rows that it tells of, where others are still being worked on.
    """

    model: type[models.Model]
    to_owner: str
    only: models.Q | None = None


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that is not what the journal tells."""

    owner: int
    key: str
    problem: str


def told_of(subjects: Mapping[str, int]) -> Told:
    """What the journal tells of the rows of some owners, by their subjects."""
    told: Told = {}
    entries = JournalEntry.objects.filter(subject__in=subjects).exclude(rows={})
    for subject, rows in entries.order_by("pk").values_list("subject", "rows").iterator(CHUNK):
        for key, value in rows.items():
            told[key] = (value, subjects[subject])
    return told


def rows_of(tables: Iterable[KeptTable], owners: Sequence[int]) -> Iterator[tuple[str, int, str]]:
    """The stored rows of some owners: key, owner and checksum.

    Args:
        owners: primary keys that follow each other, so that first and last say which they are.
    """
    for table in tables:
        way = table.to_owner
        rows = table.model._default_manager.order_by().filter(
            table.only or models.Q(), **{f"{way}__gte": owners[0], f"{way}__lte": owners[-1]}
        )
        prefix = row_key(table.model, "")
        for owner, *values in rows.values_list(way, *columns_of(table.model)).iterator(CHUNK):
            yield f"{prefix}{values[0]}", owner, digest(values)


def compare(
    told: Told, rows: Iterable[tuple[str, int, str]], models_: Iterable[type[models.Model]]
) -> Iterator[RowFault]:
    """Yield the rows that are changed, added or taken away past the services.

    Args:
        models_: the tables that ``rows`` were read from; of others nothing is known to be gone.
    """
    known = tuple({f"{model._meta.label_lower}:" for model in models_})
    left = {key for key, (value, _owner) in told.items() if value is not None}
    for key, owner, value in rows:
        left.discard(key)
        if key not in told or told[key][0] is None:
            yield RowFault(owner, key, _("står inte i händelseloggen"))
        elif told[key][0] != value:
            yield RowFault(owner, key, _("stämmer inte med händelseloggen"))
    for key in sorted(left):
        if key.startswith(known):
            yield RowFault(told[key][1], key, _("finns inte kvar"))


def owner_faults(
    owner: type[Owner],
    tables: Sequence[KeptTable],
    *,
    prefix: str,
    name: Callable[[Owner], str],
) -> Iterator[str]:
    """Audit all rows of all owners of a kind; a sentence for each fault.

    Args:
        prefix: of the owners' subjects in the journal: ``meeting`` in ``meeting:12``.
    """
    last = 0
    rows = owner._default_manager.order_by("pk")
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        found = {row.pk: row for row in chunk}
        told = told_of({f"{prefix}:{row.pk}": row.pk for row in chunk})
        stored = rows_of(tables, list(found))
        for fault in compare(told, stored, [table.model for table in tables]):
            yield f"{_named(found[fault.owner], name, prefix)}, {fault.key}: {fault.problem}."
    for subject in _lost(owner, prefix):
        yield f"{subject}: {_('finns inte kvar')}."


def _named(row: Owner, name: Callable[[Owner], str], prefix: str) -> str:
    """What people call it; a row that points to nothing may have no name any more."""
    try:
        return name(row)
    except (ObjectDoesNotExist, AssertionError):
        return f"{prefix}:{row.pk}"


def _lost(owner: type[models.Model], prefix: str) -> Iterator[str]:
    """The subjects of owners that the journal tells of and that are not there any more."""
    entries = JournalEntry.objects.filter(subject__startswith=f"{prefix}:").exclude(rows={})
    told = entries.order_by().values_list("subject", flat=True).distinct().iterator(CHUNK)
    while subjects := list(islice(told, CHUNK)):
        keys = {int(subject.partition(":")[2]): subject for subject in subjects}
        there = owner._default_manager.filter(pk__in=keys).values_list("pk", flat=True)
        for pk in sorted(keys.keys() - set(there)):
            yield keys[pk]
