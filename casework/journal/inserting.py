# SPDX-License-Identifier: EUPL-1.2
"""Rows into the database, as fast as they go, for the few places where each millisecond counts.

Numbers are handed out one at a time under a lock. What the same statement costs in Python, over and
over again, is remembered here: the SQL of a table is written once for each process.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Statement: TypeAlias = tuple[str, list[Any]]
"""SQL and what stands in its places."""


def insert(rows: Sequence[Row]) -> Sequence[Row]:
    """Insert rows of one table by one statement; gives them their primary keys.

    Nothing is asked first and no signal is sent, as with ``bulk_create``. Call it in a
    transaction, with rows that were never saved.
    """
    insert_together(rows)
    return rows


def insert_together(*tables: Sequence[models.Model], then: Statement | None = None) -> None:
    """Insert rows of several tables, none of which needs the keys of another's.

    Args:
        tables: the rows of each.
        then: a statement that goes with them.
    """
    filled = [rows for rows in tables if rows]
    statements = [_insert_of(rows) for rows in filled]
    found = send([*statements, then] if then else statements)
    for rows, given in zip(filled, found, strict=False):
        is_given = type(rows[0])._meta.auto_field is not None
        for row, (pk,) in zip(rows, given, strict=True):
            if is_given:
                row.pk = pk
            row._state.adding = False
            row._state.db = connection.alias


def send(statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    """Send statements, in their order, and return the rows of each.

    PostgreSQL takes them all in one message: between a number's lock and its commit every message
    is time for which the next in line waits.
    """
    found: list[list[tuple[Any, ...]]] = []
    if not statements:
        return found
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not _binds_at_the_server():
            sql = ";\n".join(sql for sql, _values in statements)
            cursor.execute(sql, [value for _sql, values in statements for value in values])
            for _each in statements:
                found.append(cursor.fetchall() if cursor.description else [])
                cursor.nextset()
        else:
            for sql, values in statements:
                cursor.execute(sql, values)
                found.append(cursor.fetchall() if cursor.description else [])
    return found


def _binds_at_the_server() -> bool:
    """Whether the settings let PostgreSQL fill in the values, one statement at a time then."""
    return bool(getattr(connection.features, "uses_server_side_binding", False))


def _insert_of(rows: Sequence[models.Model]) -> Statement:
    start, one, fields, key = _written(type(rows[0]))
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in rows
        for field in fields
    ]
    places = ", ".join([one] * len(rows))
    return f"{start} {places} RETURNING {key}", values


@lru_cache(maxsize=64)
def _written(model: type[models.Model]) -> tuple[str, str, list[models.Field[Any, Any]], str]:
    """The beginning of the INSERT, the place of one row, its fields, and the primary key."""
    given = model._meta.auto_field
    fields = [field for field in model._meta.local_concrete_fields if field is not given]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    pk = model._meta.pk
    assert pk is not None
    start = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES"
    return start, f"({', '.join(['%s'] * len(fields))})", fields, quote(str(pk.column))
