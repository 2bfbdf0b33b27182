# SPDX-License-Identifier: EUPL-1.2
"""A backup restores to a register without a fault, and a poor one is found out (issue 7)."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from django.utils import timezone

from casework.register.models import RecordFile
from tests import small_city


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_7_a_backup_is_restored_verified_and_goes_on_with_the_next_number(tmp_path: Path) -> None:
    _as_if_migrated()
    city = small_city.build()
    small_city.letter_record(city)
    assert city.letter is not None
    told = StringIO()
    call_command("backup", str(tmp_path), stdout=told)
    backup = Path(told.getvalue().strip())

    told = StringIO()
    call_command("restore_drill", str(backup), stdout=told)
    year, last = timezone.localdate().year, city.letter.entry.series.counters.get().last_serial
    assert f"KS {year}/{last + 1} comes next." in told.getvalue()
    assert "Inga fel." in told.getvalue()

    lost = str(RecordFile.objects.get(record__title="Brev").file)
    (backup / "records" / lost).unlink()
    with pytest.raises(CommandError, match="filen saknas"):
        call_command("restore_drill", str(backup), stdout=StringIO())


def _as_if_migrated() -> None:
    """The tables are those of all migrations (test_migrations.py); let the database know."""
    with override_settings(MIGRATION_MODULES={}):
        loader = MigrationLoader(connection)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in loader.disk_migrations:
        if (app, name) not in loader.applied_migrations:
            recorder.record_applied(app, name)
