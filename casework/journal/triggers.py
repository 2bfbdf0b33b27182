# SPDX-License-Identifier: EUPL-1.2
"""Database triggers that make rows permanent, on SQLite and PostgreSQL.

Django's permissions and our services already refuse; the triggers also refuse a shell, a repair
script and a careless migration. A migration calls :func:`append_only`, :func:`keep_columns`,
:func:`keep_until`, :func:`keep_when_set` or :func:`set_once`. PostgreSQL's TRUNCATE, which fires no
trigger of a row, is refused as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import migrations

MESSAGE = "rows of {table} are permanent"


def append_only(table: str) -> migrations.RunPython:
    """A migration operation after which the table's rows can be neither changed nor deleted."""
    return _operation(
        table, {"update": "BEFORE UPDATE ON {table}", "delete": "BEFORE DELETE ON {table}"}
    )


def set_once(table: str, columns: Sequence[str]) -> migrations.RunPython:
    """A migration operation after which the named columns, once set, never change again."""
    events = {f"once_{name}": f"BEFORE UPDATE OF {name} ON {{table}}" for name in columns}
    return _operation(table, events, once=True)


def keep_columns(table: str, columns: Sequence[str]) -> migrations.RunPython:
    """A migration operation after which rows stay and the named columns never change."""
    listed = ", ".join(columns)
    return _operation(
        table,
        {
            "update": f"BEFORE UPDATE OF {listed} ON {{table}}",
            "delete": "BEFORE DELETE ON {table}",
        },
        changed=columns,
    )


def keep_until(table: str, columns: Sequence[str], column: str) -> migrations.RunPython:
    """A migration operation after which the named columns change only as the last one is set."""
    event = f"BEFORE UPDATE OF {', '.join(columns)} ON {{table}}"
    return _operation(table, {"until": event}, changed=columns, until=column)


def keep_when_set(table: str, column: str) -> migrations.RunPython:
    """A migration operation after which a row stays as it is from when the column is set."""
    return _operation(
        table,
        {"update": "BEFORE UPDATE ON {table}", "delete": "BEFORE DELETE ON {table}"},
        always=f"WHEN (OLD.{column} IS NOT NULL) ",
    )


def _operation(
    table: str,
    events: dict[str, str],
    changed: Sequence[str] = (),
    *,
    once: bool = False,
    always: str = "",
    until: str = "",
) -> migrations.RunPython:
    def forwards(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        create, operator = _VENDORS[vendor], _DIFFERS[vendor]
        for name, event in events.items():
            condition = always or (_differs(changed, operator) if name == "update" else "")
            if until:
                either = _any_differs(changed, operator)
                condition = (
                    f"WHEN ((NEW.{until} IS NULL OR OLD.{until} IS NOT NULL) AND ({either})) "
                )
            if once:
                column = name.removeprefix("once_")
                condition = (
                    f"WHEN (OLD.{column} IS NOT NULL AND NEW.{column} {operator} OLD.{column}) "
                )
            for statement in create(table, f"{table}_keep_{name}", event, condition):
                schema_editor.execute(statement)
        if vendor == "postgresql" and not once and not until:
            for statement in _whole_table(table):
                schema_editor.execute(statement)

    def backwards(apps: Any, schema_editor: Any) -> None:
        for name in events:
            trigger = f"{table}_keep_{name}"
            on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on_table}")
        if schema_editor.connection.vendor == "postgresql" and not once and not until:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_keep_truncate ON {table}")

    return migrations.RunPython(forwards, backwards)


def _sqlite(table: str, trigger: str, event: str, when: str) -> list[str]:
    return [
        f"CREATE TRIGGER {trigger} {event.format(table=table)} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE.format(table=table)}'); END"
    ]


def _postgresql(table: str, trigger: str, event: str, when: str) -> list[str]:
    return [
        _refusing(table, trigger),
        f"CREATE TRIGGER {trigger} {event.format(table=table)} FOR EACH ROW {when}"
        f"EXECUTE FUNCTION {trigger}()",
    ]


def _whole_table(table: str) -> list[str]:
    trigger = f"{table}_keep_truncate"
    return [
        _refusing(table, trigger),
        f"CREATE TRIGGER {trigger} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION {trigger}()",
    ]


def _refusing(table: str, function: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE.format(table=table)}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )


def _differs(columns: Sequence[str], operator: str) -> str:
    if not columns:
        return ""
    return f"WHEN ({_any_differs(columns, operator)}) "


def _any_differs(columns: Sequence[str], operator: str) -> str:
    return " OR ".join(f"NEW.{name} {operator} OLD.{name}" for name in columns)


_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_VENDORS: dict[str, Callable[[str, str, str, str], list[str]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}
