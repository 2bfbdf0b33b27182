# SPDX-License-Identifier: EUPL-1.2
"""Lets a test empty a database whose rows are permanent.

After a transactional test Django empties every table. On PostgreSQL it truncates, which row
triggers do not see; on SQLite it deletes, which they refuse. There the triggers are taken away for
the emptying and put back, in the same list of statements.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.sqlite3.operations import DatabaseOperations

_flush = DatabaseOperations.sql_flush


def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
    """As Django's, between dropping and creating the triggers again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    drop = [f'DROP TRIGGER "{name}"' for name, _sql in triggers]
    return [*drop, *_flush(self, *args, **kwargs), *[sql for _name, sql in triggers]]


def install() -> None:
    """Use it from now on."""
    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
