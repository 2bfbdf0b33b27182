# SPDX-License-Identifier: EUPL-1.2
"""The test database, without the hundreds of steps that lead to it elsewhere.

Its tables are made from the models; what migrations add by hand (the triggers that make rows
permanent, the table of the shared cache) is added by the very same operations. That all
migrations together lead to the same place is a test of its own, tests/ops/test_migrations.py.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection, migrations
from wagtail.models import Collection, Locale, Page

from desk.organisation.editors import ensure_editor_rights

ROOT = Path(__file__).resolve().parent.parent


def lay_foundation() -> None:
    """Add to bare tables what the house and Wagtail expect to find in them."""
    present: Any = apps
    with connection.schema_editor() as editor:
        for operation in _operations_by_hand():
            operation.code(present, editor)
    ensure_roots()


def ensure_roots() -> None:
    """Wagtail's trees need a trunk, also after a test has emptied the database."""
    Locale.objects.get_or_create(language_code="sv")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    ensure_editor_rights()


def own_apps() -> list[AppConfig]:
    """The apps of this repository."""
    return [
        config
        for config in apps.get_app_configs()
        if ROOT in Path(config.path).parents and ".venv" not in config.path
    ]


def _operations_by_hand() -> Iterator[migrations.RunPython]:
    for config in own_apps():
        folder = Path(config.path) / "migrations"
        for module in sorted(info.name for info in pkgutil.iter_modules([str(folder)])):
            migration = importlib.import_module(f"{config.name}.migrations.{module}").Migration
            for operation in migration.operations:
                if isinstance(operation, migrations.RunPython):
                    yield operation
