# SPDX-License-Identifier: EUPL-1.2
"""Rows into the database, as fast as they go, for the few places where each millisecond counts.

Numbers are handed out one at a time under a lock. What the same statement costs in Python, over and
over again, is remembered here: the SQL of a table is written once for each process. And what needs
no answer before the next is said waits for it (:func:`in_one_message`): rows whose keys were taken
beforehand (:func:`keys_of`) go to the database together, whichever tables they belong to.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from django.db import connection, connections, models

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


Wanted: TypeAlias = Sequence[tuple[type[models.Model], int]]
"""Of which tables how many keys."""


def keys_of(wanted: Wanted) -> Statement:
    """A statement that takes the next keys of some tables.

    On SQLite the writer holds the lock on them already.
    """
    if connection.vendor != "postgresql":
        return "SELECT name, seq FROM sqlite_sequence", []
    parts, values = [], []
    for model, count in wanted:
        pk = model._meta.pk
        assert pk is not None
        parts.append(
            "ARRAY(SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s))"
        )
        values += [model._meta.db_table, pk.column, count]
    return f"SELECT {', '.join(parts)}", values


def keys_in(rows: Sequence[tuple[Any, ...]], wanted: Wanted) -> list[list[int]]:
    """The keys of each table that the answer to :func:`keys_of` tells."""
    if connection.vendor == "postgresql":
        return list(rows[0])
    last = dict(rows)
    starts = [(last.get(model._meta.db_table, 0) + 1, count) for model, count in wanted]
    return [list(range(start, start + count)) for start, count in starts]


def insert(rows: Sequence[Row], *, keys: bool = True) -> Sequence[Row]:
    """Insert rows of one table; gives them their primary keys.

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
    filled = [part for rows in tables if rows for part in _parts(rows)]
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
    alias = connection.alias
    for rows in filled:
        for row in rows:
            row._state.adding = False
            row._state.db = alias


MOST_VALUES = 30_000
"""So many go with one statement: SQLite takes 32,766 and PostgreSQL 65,535."""


def _parts(rows: Sequence[models.Model]) -> list[Sequence[models.Model]]:
    """The rows in as many parts as their values need."""
    size = MOST_VALUES // len(rows[0]._meta.local_concrete_fields)
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def _wants_key(row: models.Model) -> bool:
    """Whether the database gives it one."""
    return row.pk is None and row._meta.auto_field is not None


def send(statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    """Send statements, in their order, and return the rows of each.

    PostgreSQL takes them all in one message: between a number's lock and its commit every message
    is time for which the next in line waits.
    """
    if not statements:
        return []
    if connection.vendor == "postgresql":
        return _send_at_once(statements)
    found: list[list[tuple[Any, ...]]] = []
    with connection.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)
            found.append(cursor.fetchall() if cursor.description else [])
    return found


def _send_at_once(statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    """By psycopg's pipeline, each statement apart from its values, so that it is kept compiled.

    Django's cursors know no pipeline, so what they would write down of the message stands here.
    """
    import psycopg

    database = connections[connection.alias]
    database.ensure_connection()
    driver, begun = database.connection, time.monotonic()
    with database.wrap_database_errors:
        with driver.pipeline():
            cursors = [psycopg.Cursor(driver).execute(sql, values) for sql, values in statements]
        found = [cursor.fetchall() if cursor.description else [] for cursor in cursors]
    if database.queries_logged:
        sql = ";\n".join(sql for sql, _values in statements)
        database.queries_log.append({"sql": sql, "time": f"{time.monotonic() - begun:.3f}"})
    return found


_PLAIN = (str, int, bool, type(None))
"""What goes into a column as it is; a tenth of a case's time went to ask each field of it."""


def _insert_of(rows: Sequence[models.Model]) -> Statement:
    start, one, fields, key = _written(type(rows[0]), _wants_key(rows[0]))
    database = connections[connection.alias]
    values = []
    for row in rows:
        for field, is_plain in fields:
            value = field.pre_save(row, add=True)
            if not (is_plain and type(value) in _PLAIN):
                value = field.get_db_prep_save(value, database)
            values.append(value)
    places = ", ".join([one] * len(rows))
    return f"{start} {places} RETURNING {key}", values


@lru_cache(maxsize=64)
def _written(
    model: type[models.Model], wants_key: bool
) -> tuple[str, str, list[tuple[models.Field[Any, Any], bool]], str]:
    """The beginning of the INSERT, the place of one row, its fields, and the primary key.

    With each field stands whether what is plain can be written as it is: JSON cannot.
    """
    given = model._meta.auto_field if wants_key else None
    fields = [field for field in model._meta.local_concrete_fields if field is not given]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    pk = model._meta.pk
    assert pk is not None
    start = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES"
    plain = [(field, not isinstance(field, models.JSONField)) for field in fields]
    return start, f"({', '.join(['%s'] * len(fields))})", plain, quote(str(pk.column))
