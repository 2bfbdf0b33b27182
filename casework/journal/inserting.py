# SPDX-License-Identifier: EUPL-1.2
"""Rows into the database, as fast as they go, for the few places where each millisecond counts.

Numbers are handed out one at a time under a lock. What the same statement costs in Python, over and
over again, is remembered here: the SQL of a table is written once for each process. And what needs
no answer before the next is said waits for it (:func:`in_one_message`): rows whose keys were taken
beforehand (:func:`keys_of`) go to the database together, whichever tables they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Statement: TypeAlias = tuple[str, list[Any]]
"""SQL and what stands in its places."""


_waiting: ContextVar[list[Statement] | None] = ContextVar("waiting", default=None)


@contextmanager
def in_one_message() -> Iterator[None]:
    """Let inserts whose keys nobody waits for go with the next that somebody does.

    What stands here still reads what it has written: any other statement sends first what waits.
    Call it in a transaction; a fault in a row is raised where its message is sent.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: list[Statement] = []

    def send_first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        _send_waiting()
        return execute(sql, params, many, context)

    token = _waiting.set(waiting)
    try:
        with connection.execute_wrapper(send_first):
            yield
            _send_waiting()
    finally:
        _waiting.reset(token)


def _send_waiting(*then: Statement) -> list[list[tuple[Any, ...]]]:
    """Send what waits, and a few more; the rows of these."""
    waiting = _waiting.get()
    statements = [*(waiting or ()), *then]
    if waiting:
        waiting.clear()
    return send(statements)[len(statements) - len(then) :]


def keys_of(model: type[models.Model], count: int) -> Statement:
    """A statement that takes the next keys of a table, whose lock SQLite's writer holds already."""
    if connection.vendor == "postgresql":
        pk = model._meta.pk
        assert pk is not None
        return (
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, pk.column, count],
        )
    return "SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]


def keys_in(rows: Sequence[tuple[Any, ...]], count: int) -> list[int]:
    """The keys that the answer to :func:`keys_of` tells."""
    if connection.vendor == "postgresql":
        return [key for (key,) in rows]
    last: int = rows[0][0] if rows else 0
    return list(range(last + 1, last + 1 + count))


def insert(rows: Sequence[Row], *, keys: bool = True) -> Sequence[Row]:
    """Insert rows of one table by one statement; gives them their primary keys.

    Nothing is asked first and no signal is sent, as with ``bulk_create``. Call it in a
    transaction, with rows that were never saved.

    Args:
        rows: with keys that were taken beforehand, or all without.
        keys: whether somebody wants the keys that the database gives.
    """
    insert_together(rows, keys=keys)
    return rows


def insert_together(
    *tables: Sequence[models.Model], then: Statement | None = None, keys: bool = True
) -> None:
    """Insert rows of several tables, none of which needs the keys of another's.

    Args:
        tables: the rows of each, with keys that were taken beforehand or without.
        then: a statement that goes with them.
        keys: whether somebody wants the keys that the database gives.
    """
    filled = [rows for rows in tables if rows]
    statements = [_insert_of(rows) for rows in filled]
    if then:
        statements.append(then)
    waiting = _waiting.get()
    if waiting is not None and not (keys and any(_wants_key(rows[0]) for rows in filled)):
        waiting.extend(statements)
        found = []
    else:
        found = _send_waiting(*statements)
    for rows, given in zip(filled, found, strict=False):
        if _wants_key(rows[0]):
            for row, (pk,) in zip(rows, given, strict=True):
                row.pk = pk
    for rows in filled:
        for row in rows:
            row._state.adding = False
            row._state.db = connection.alias


def _wants_key(row: models.Model) -> bool:
    """Whether the database gives it one."""
    return row.pk is None and row._meta.auto_field is not None


def send(statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    """Send statements, in their order, and return the rows of each.

    PostgreSQL takes them all in one message: between a number's lock and its commit every message
    is time for which the next in line waits.
    """
    found: list[list[tuple[Any, ...]]] = []
    if not statements:
        return found
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not _binds_on_the_server():
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


def _binds_on_the_server() -> bool:
    """Whether the driver sends values apart from the statement, which takes one at a time."""
    return bool(getattr(connection.features, "uses_server_side_binding", False))


def _insert_of(rows: Sequence[models.Model]) -> Statement:
    start, one, fields, key = _written(type(rows[0]), _wants_key(rows[0]))
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in rows
        for field in fields
    ]
    places = ", ".join([one] * len(rows))
    return f"{start} {places} RETURNING {key}", values


@lru_cache(maxsize=64)
def _written(
    model: type[models.Model], wants_key: bool
) -> tuple[str, str, list[models.Field[Any, Any]], str]:
    """The beginning of the INSERT, the place of one row, its fields, and the primary key."""
    given = model._meta.auto_field if wants_key else None
    fields = [field for field in model._meta.local_concrete_fields if field is not given]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    pk = model._meta.pk
    assert pk is not None
    start = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES"
    return start, f"({', '.join(['%s'] * len(fields))})", fields, quote(str(pk.column))
