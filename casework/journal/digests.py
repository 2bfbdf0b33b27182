# SPDX-License-Identifier: EUPL-1.2
"""Checksums of rows, kept in the journal with the event that wrote them.

A row that is changed past the services no longer has the checksum that the newest event about it
told. Each room says which tables it keeps so, and which columns count.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import models

from casework.journal.models import canonical


@lru_cache(maxsize=64)
def columns_of(
    model: type[models.Model], left_out: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The columns of a table that its checksum covers, the primary key first.

    A model leaves out what must not be told, not even as a checksum, in ``NOT_TOLD``.
    """
    left_out |= getattr(model, "NOT_TOLD", frozenset())
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    pk = model._meta.pk
    assert pk is not None
    return (pk.attname, *(name for name in names if name not in left_out))


def digest(values: Sequence[object]) -> str:
    """The checksum of a row's values, the same on both databases."""
    return hashlib.sha256(canonical(_plain_all(values)).encode()).hexdigest()[:32]


_AS_IT_IS = frozenset({type(None), bool, int, str})


def _plain_all(values: Iterable[object]) -> list[object]:
    # Most values are such as they are; the audit asks this of each column of each row.
    return [value if type(value) in _AS_IT_IS else plain(value) for value in values]


def row_key(model: type[models.Model], pk: object) -> str:
    """Under which the journal tells of a row: ``register.case:12``."""
    return f"{model._meta.label_lower}:{pk}"


def digests_of(*objects: models.Model) -> dict[str, str | None]:
    """The checksums of whole rows, as :func:`casework.journal.services.log` wants them."""
    return {
        row_key(type(obj), obj.pk): digest([getattr(obj, name) for name in columns_of(type(obj))])
        for obj in objects
    }


def gone(model: type[models.Model], pks: Iterable[object]) -> dict[str, str | None]:
    """What to tell of rows that the event took away."""
    return {row_key(model, pk): None for pk in pks}


def plain(value: object) -> object:
    """A column's value as JSON has it: days and instants in one writing, the rest as it is."""
    match value:
        case None | bool() | int() | str():
            return value
        case dt.datetime():
            return value.astimezone(tz=dt.UTC).isoformat(timespec="microseconds")
        case dt.date():
            return value.isoformat()
        case list() | tuple() | set() | frozenset():
            return [plain(each) for each in value]
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case _:
            return str(value)
