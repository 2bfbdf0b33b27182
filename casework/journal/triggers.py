# SPDX-License-Identifier: EUPL-1.2
"""Database triggers that make rows permanent, on SQLite and PostgreSQL.

Django's permissions and our services already refuse; the triggers also refuse a shell, a repair
script and a careless migration. A migration calls :func:`append_only` or :func:`keep_columns`.
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


def _operation(
    table: str, events: dict[str, str], changed: Sequence[str] = ()
) -> migrations.RunPython:
    def forwards(apps: Any, schema_editor: Any) -> None:
        create = _VENDORS[schema_editor.connection.vendor]
        for name, event in events.items():
            columns = changed if name == "update" else ()
            for statement in create(table, f"{table}_keep_{name}", event, columns):
                schema_editor.execute(statement)

    def backwards(apps: Any, schema_editor: Any) -> None:
        for name in events:
            trigger = f"{table}_keep_{name}"
            on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on_table}")

    return migrations.RunPython(forwards, backwards)


def _sqlite(table: str, trigger: str, event: str, columns: Sequence[str]) -> list[str]:
    when = _differs(columns, "IS NOT")
    return [
        f"CREATE TRIGGER {trigger} {event.format(table=table)} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE.format(table=table)}'); END"
    ]


def _postgresql(table: str, trigger: str, event: str, columns: Sequence[str]) -> list[str]:
    when = _differs(columns, "IS DISTINCT FROM")
    return [
        f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE.format(table=table)}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {trigger} {event.format(table=table)} FOR EACH ROW {when}"
        f"EXECUTE FUNCTION {trigger}()",
    ]


def _differs(columns: Sequence[str], operator: str) -> str:
    if not columns:
        return ""
    return f"WHEN ({' OR '.join(f'NEW.{name} {operator} OLD.{name}' for name in columns)}) "


_VENDORS: dict[str, Callable[[str, str, str, Sequence[str]], list[str]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}
