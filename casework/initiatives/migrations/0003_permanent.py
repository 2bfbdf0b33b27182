# SPDX-License-Identifier: EUPL-1.2
"""Frozen answers stand for ever: what came in is kept as it came in (R43)."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from casework.journal.triggers import MESSAGE

TABLE = "initiatives_answerset"


def keep_frozen(apps: Any, schema_editor: Any) -> None:
    """Refuse to change or delete a row that was frozen; a draft may be frozen, once."""
    message = MESSAGE.format(table=TABLE)
    for event in ("update", "delete"):
        trigger = f"{TABLE}_keep_{event}"
        head = f"CREATE TRIGGER {trigger} BEFORE {event.upper()} ON {TABLE} FOR EACH ROW"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{message}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            schema_editor.execute(
                f"{head} WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION {trigger}()"
            )
        else:
            schema_editor.execute(
                f"{head} WHEN OLD.frozen_at IS NOT NULL "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )


def let_go(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    on_table = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_keep_{event}{on_table}")


class Migration(migrations.Migration):
    """Triggers on the answers."""

    dependencies = [("initiatives", "0002_initial")]

    operations = [migrations.RunPython(keep_frozen, let_go)]
