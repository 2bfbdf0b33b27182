# SPDX-License-Identifier: EUPL-1.2
"""All migrations, from nothing, lead to the tables that the models describe."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from tests.foundation import ROOT, own_apps


@pytest.fixture
def empty_database(tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database of its own, with nothing in it."""
    if connection.vendor == "sqlite":
        yield str(tmp_path / "empty.sqlite3")
        return
    name = f"initiativ_migrated_{os.getpid()}"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    yield name
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


def shape(database: BaseDatabaseWrapper) -> dict[str, Any]:
    """Columns, constraints and triggers of the house's own tables."""
    found: dict[str, Any] = {}
    inspect = database.introspection
    models = (m for app in own_apps() for m in app.get_models(include_auto_created=True))
    with database.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in models}):
            columns = {
                column.name: (inspect.get_field_type(column.type_code, column), column.null_ok)
                for column in inspect.get_table_description(cursor, table)
            }
            constraints = sorted(
                str(
                    sorted(item for item in rule.items() if item[0] not in {"definition", "orders"})
                )
                for rule in inspect.get_constraints(cursor, table).values()
            )
            found[table] = columns, constraints
        if database.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
            )
        found["triggers"] = sorted(row for row in cursor.fetchall() if row[1] in found)
    return found


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_all_migrations_from_nothing_lead_to_the_tables_of_the_models(empty_database: str) -> None:
    address = f"sqlite:///{empty_database}"
    if connection.vendor == "postgresql":
        parts = connection.settings_dict
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{name}".format(
            **parts, name=empty_database
        )
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "migrate", "-v0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address, "PYTHONPATH": ".:site"},
        check=True,
        timeout=600,
    )
    other = ConnectionHandler(
        {"default": {**settings.DATABASES["default"], "NAME": empty_database, "TEST": {}}}
    )["default"]
    try:
        migrated, made = shape(other), shape(connection)
    finally:
        other.close()
    assert migrated["triggers"], "the migrations make rows permanent"
    assert migrated == made
