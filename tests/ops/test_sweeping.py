# SPDX-License-Identifier: EUPL-1.2
"""Files that no row knows are swept; what a row knows stays."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from casework.register.models import RecordFile
from tests import small_city
from tests.city_with_pages import _built, city  # noqa: F401  fixtures are taken over by name
from tests.small_city import SmallCity


def test_7_a_file_of_nobody_is_deleted_after_a_day(city: SmallCity) -> None:  # noqa: F811
    small_city.letter_record(city)
    storage = storages["records"]
    orphan = storage.save("records/ff/aborted", ContentFile(b"x"))
    kept = str(RecordFile.objects.get(record__title="Brev").file)

    call_command("sweep_files", stdout=StringIO())
    assert storage.exists(orphan), "may belong to a transaction that is still open"

    with time_machine.travel(timezone.now() + dt.timedelta(days=2), tick=False):
        told = StringIO()
        call_command("sweep_files", dry_run=True, stdout=told)
        assert orphan in told.getvalue()
        assert storage.exists(orphan)
        call_command("sweep_files", stdout=StringIO())
    assert not storage.exists(orphan)
    assert storage.exists(kept)
    assert Path(storage.path(kept)).stat().st_mode & 0o077 == 0
