# SPDX-License-Identifier: EUPL-1.2
"""Rows into the database, as fast as they go, for the few places where each millisecond counts.

Numbers are handed out one at a time under a lock. What the same statement costs in Python, over and
over again, is remembered here: the SQL of a table is written once for each process. And what needs
no answer before the next is said waits for it (:func:`in_one_message`): rows whose keys were taken
beforehand (:func:`keys_of`) go to the database together, whichever tables they belong to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from django.db import connection, connections, models, transaction

Row = TypeVar("Row", bound=models.Model)
Statement: TypeAlias = tuple[str, list[Any]]
"""SQL and what stands in its places."""


_waiting: ContextVar[list[Statement] | None] = ContextVar("waiting", default=None)


@contextmanager
def committed_with_last() -> Iterator[None]:
    """A transaction whose commit goes to the database in the message of its last rows.

    Between a lock and its commit every message is time for which the next in line waits. Within
    somebody else's transaction it is a part of that, as ``transaction.atomic`` is.
    """
    with transaction.atomic(), in_one_message():
        yield
        if connection.vendor == "postgresql" and len(connection.atomic_blocks) == 1:
            # Django asks for a commit after this; the driver knows that there is none to do.
            _send_waiting(at_last=[("COMMIT", [])])


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


def _send_waiting(
    *then: Statement, at_last: Sequence[Statement] = ()
) -> list[list[tuple[Any, ...]]]:
    """Send what waits, and a few more; the rows of these."""
    waiting = _waiting.get()
    if not waiting:
        return send(then)
    statements = [*waiting, *then]
    waiting.clear()
    if not _are_one(statements):
        return send([*statements, *at_last])[len(statements) - len(then) :]
    return _send_as_one(statements, at_last)[len(statements) - len(then) :]


_MOST_OF_ONE = 1_000
"""So many values go with statements that are made one of; above it hardly matters."""


def _are_one(statements: Sequence[Statement]) -> bool:
    """Whether the statements can be one: all but one write only, and there are not too many."""
    return (
        connection.vendor == "postgresql"
        and len(statements) > 1
        and sum(map(_answers, statements)) <= 1
        and sum(len(values) for _sql, values in statements) <= _MOST_OF_ONE
    )


def _answers(statement: Statement) -> bool:
    return " RETURNING " in statement[0]


def _send_as_one(
    statements: Sequence[Statement], at_last: Sequence[Statement]
) -> list[list[tuple[Any, ...]]]:
    """Send statements that do not look at each other's rows as one; the rows of each.

    Each has its price on both sides, whatever it says: as one, a case's eight take a seventh less
    of the time for which the next in line waits.
    """
    last = next((at for at, each in enumerate(statements) if _answers(each)), len(statements) - 1)
    order = [at for at in range(len(statements)) if at != last] + [last]
    sql = _as_one(tuple(statements[at][0] for at in order))
    values = [value for at in order for value in statements[at][1]]
    rows, *_nothing = send([(sql, values), *at_last])
    return [rows if at == last else [] for at in range(len(statements))]


@lru_cache(maxsize=256)
def _as_one(parts: tuple[str, ...]) -> str:
    *first, last = parts
    named = ", ".join(f"part_{number} AS ({part})" for number, part in enumerate(first))
    return f"WITH {named} {last}"


_FEW_KEYS = 4
"""So many are asked for one by one: a series of unknown length PostgreSQL plans anew each time."""

Wanted: TypeAlias = Sequence[tuple[type[models.Model], int]]
"""Of which tables how many keys."""


def keys_of(wanted: Wanted) -> list[Statement]:
    """Expressions that take the next keys of some tables, one for each.

    On SQLite the writer holds the lock on them already.
    """
    if connection.vendor != "postgresql":
        last = "(SELECT seq FROM sqlite_sequence WHERE name = %s)"
        return [(last, [model._meta.db_table]) for model, _count in wanted]
    return [_next_keys(_sequence_of(model), count) for model, count in wanted]


def _next_keys(sequence: str, count: int) -> Statement:
    if count <= _FEW_KEYS:
        return f"ARRAY[{', '.join([f'nextval({sequence})'] * count)}]::bigint[]", []
    # The name of the sequence is the database's own.
    return f"ARRAY(SELECT nextval({sequence}) FROM generate_series(1, %s))", [count]  # noqa: S608


@lru_cache(maxsize=64)
def _sequence_of(model: type[models.Model]) -> str:
    """The sequence behind a table's key, as SQL names it."""
    pk = model._meta.pk
    assert pk is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_literal(pg_get_serial_sequence(%s, %s))",
            [connection.ops.quote_name(model._meta.db_table), pk.column],
        )
        (name,) = cursor.fetchone()
    return f"{name}::regclass"


def keys_in(values: Sequence[Any], wanted: Wanted) -> list[list[int]]:
    """The keys of each table that the values of :func:`keys_of` tell."""
    if connection.vendor == "postgresql":
        return list(values)
    starts = [((last or 0) + 1, count) for last, (_, count) in zip(values, wanted, strict=True)]
    return [list(range(start, start + count)) for start, count in starts]


def insert(
    rows: Sequence[Row], *, keys: bool = True, leaves_those_there: bool = False
) -> Sequence[Row]:
    """Insert rows of one table; gives them their primary keys.

    Nothing is asked first and no signal is sent, as with ``bulk_create``. Call it in a
    transaction, with rows that were never saved.

    Args:
        rows: with keys that were taken beforehand, or all without.
        keys: whether somebody wants the keys that the database gives.
        leaves_those_there: a row that a unique constraint refuses is passed over; keys are not
            given then.
    """
    insert_together(rows, keys=keys, leaves_those_there=leaves_those_there)
    return rows


def insert_together(
    *tables: Sequence[models.Model],
    then: Statement | None = None,
    keys: bool = True,
    leaves_those_there: bool = False,
) -> None:
    """Insert rows of several tables, none of which needs the keys of another's.

    Args:
        tables: the rows of each, with keys that were taken beforehand or without.
        then: a statement that goes with them.
        keys: whether somebody wants the keys that the database gives.
        leaves_those_there: see :func:`insert`.
    """
    filled = [part for rows in tables if rows for part in _parts(rows)]
    keys = keys and not leaves_those_there
    wanted = [keys and _wants_key(rows[0]) for rows in filled]
    statements = [_insert_of(*each) for each in zip(filled, wanted, strict=True)]
    if leaves_those_there:
        statements = [(f"{sql} ON CONFLICT DO NOTHING", values) for sql, values in statements]
    if then:
        statements.append(then)
    waiting = _waiting.get()
    if waiting is not None and not any(wanted):
        waiting.extend(statements)
        found = []
    else:
        found = _send_waiting(*statements)
    for rows, is_wanted, given in zip(filled, wanted, found, strict=False):
        if is_wanted:
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


def send_with_last(statement: Statement) -> None:
    """Send a statement whose answer nobody needs: with the last of the message, where one waits."""
    waiting = _waiting.get()
    if waiting is None:
        send([statement])
    else:
        waiting.append(statement)


def send(statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    """Send statements, in their order, and return the rows of each.

    PostgreSQL takes them all in one message: between a number's lock and its commit every message
    is time for which the next in line waits.
    """
    if _waiting.get():
        _send_waiting()
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
        with driver.pipeline() if len(statements) > 1 else nullcontext():
            cursors = [
                psycopg.RawCursor(driver).execute(_numbered(sql), values)
                for sql, values in statements
            ]
        found = [cursor.fetchall() if cursor.description else [] for cursor in cursors]
    if database.queries_logged:
        sql = ";\n".join(sql for sql, _values in statements)
        database.queries_log.append({"sql": sql, "time": f"{time.monotonic() - begun:.3f}"})
    return found


@lru_cache(maxsize=512)
def _numbered(sql: str) -> bytes:
    """The statement with its places numbered, as the server wants them."""
    before, *parts = sql.split("%s")
    return "".join([before, *(f"${at}{part}" for at, part in enumerate(parts, 1))]).encode()


_PLAIN = (str, int, bool, type(None))
"""What goes into a column as it is; a tenth of a case's time went to ask each field of it."""


def _insert_of(rows: Sequence[models.Model], key_is_wanted: bool) -> Statement:
    table = _written(type(rows[0]), _wants_key(rows[0]))
    database = connections[connection.alias]
    values: list[Any] = []
    for row in rows:
        own = list(table.values_of(row))
        for at, field in table.at_save:
            own[at] = field.pre_save(row, add=True)
        for at, value in enumerate(own):
            if type(value) not in _PLAIN or at in table.never_plain:
                own[at] = table.fields[at].get_db_prep_save(value, database)
        values += own
    places = ", ".join([table.one] * len(rows))
    answer = f" RETURNING {table.key}" if key_is_wanted else ""
    return f"{table.start} {places}{answer}", values


class _Table(NamedTuple):
    """What the INSERT into a table needs to know."""

    start: str
    """The statement up to its values."""
    one: str
    """The places of one row."""
    key: str
    fields: list[models.Field[Any, Any]]
    values_of: Callable[[models.Model], tuple[Any, ...]]
    """The fields' values, as the row has them."""
    at_save: list[tuple[int, models.Field[Any, Any]]]
    """The fields that say themselves what is saved, with their places: files, ``auto_now``."""
    never_plain: frozenset[int]
    """The places of what is written otherwise than it stands, though it is plain: JSON."""


@lru_cache(maxsize=64)
def _written(model: type[models.Model], wants_key: bool) -> _Table:
    given = model._meta.auto_field if wants_key else None
    fields = [field for field in model._meta.local_concrete_fields if field is not given]
    names = [field.attname for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    pk = model._meta.pk
    assert pk is not None
    return _Table(
        start=f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES",
        one=f"({', '.join(['%s'] * len(fields))})",
        key=quote(str(pk.column)),
        fields=fields,
        values_of=attrgetter(*names) if len(names) > 1 else lambda row: (getattr(row, names[0]),),
        at_save=[(at, field) for at, field in enumerate(fields) if _says_what_is_saved(field)],
        never_plain=frozenset(
            at for at, field in enumerate(fields) if isinstance(field, models.JSONField)
        ),
    )


def _says_what_is_saved(field: models.Field[Any, Any]) -> bool:
    if isinstance(field, models.DateField):
        return field.auto_now or field.auto_now_add
    return type(field).pre_save is not models.Field.pre_save
