# SPDX-License-Identifier: EUPL-1.2
"""A backup of everything that cannot be made again, and the proof that one can be restored.

The database is copied first and the files after it: files are never changed, so they hold at least
what the database's copy speaks of. An index is not copied; it is built from the database.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from casework.register.models import SeriesCounter

DATABASE = "database"
RECORDS = "records"
MEDIA = "media"
MANIFEST = "manifest.json"


class BackupFailed(Exception):
    """A program that copies or restores the database could not; the message is its own."""


def back_up(folder: Path) -> Path:
    """Copy database, records and media into a new folder named by the time, and return it.

    Raises:
        BackupFailed: ``pg_dump`` refused or is not installed.
        OSError: the folder cannot be written.
    """
    place = folder / timezone.localtime().strftime("%Y-%m-%dT%H%M%S")
    place.mkdir(parents=True, mode=0o700)
    numbers = last_numbers()
    if connection.vendor == "postgresql":
        _run(["pg_dump", "--format=custom", f"--file={place / DATABASE}", _named(connection)])
    else:
        with sqlite3.connect(place / DATABASE) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        copy.close()
    for name, source in ((RECORDS, _records()), (MEDIA, Path(settings.MEDIA_ROOT))):
        if source.is_dir():
            shutil.copytree(source, place / name)
        else:
            (place / name).mkdir()
    manifest = {"made_at": timezone.now().isoformat(), "numbers": numbers}
    (place / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    return place


def last_numbers() -> dict[str, int]:
    """The last serial of each series and year: ``{"KS 2026": 35}``."""
    rows = SeriesCounter.objects.order_by("series__code", "year")
    return {
        f"{row.series.code} {row.year}": row.last_serial for row in rows.select_related("series")
    }


def drill(place: Path) -> subprocess.CompletedProcess[str]:
    """Restore a backup beside the running city, and examine it in a process of its own.

    Nothing of the running city is touched: the database gets a name of its own and goes away
    again, the files are read where the backup keeps them.

    Raises:
        BackupFailed: the database could not be restored.
    """
    with _restored(place) as address:
        return subprocess.run(  # noqa: S603
            [sys.executable, "-W", "ignore", "manage.py", "restore_drill", "--inside", str(place)],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": address,
                "RECORDS_ROOT": str(place / RECORDS),
                "SEARCH_URL": "",
                "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            },
            capture_output=True,
            text=True,
            check=False,
        )


@contextmanager
def _restored(place: Path) -> Iterator[str]:
    """The address of a database made from the backup, for as long as it is examined."""
    if connection.vendor != "postgresql":
        copy = place / f"{DATABASE}.drill"
        shutil.copy(place / DATABASE, copy)
        try:
            yield f"sqlite:///{copy}"
        finally:
            for left in place.glob(f"{DATABASE}.drill*"):
                left.unlink()
        return
    name = f"initiativ_drill_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        _run(
            [
                "pg_restore",
                "--no-owner",
                f"--dbname={_named(connection, name)}",
                str(place / DATABASE),
            ]
        )
        yield _named(connection, name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def _named(database: Any, name: str = "") -> str:
    """The database's address, as both PostgreSQL's programs and our settings read it."""
    parts = database.settings_dict
    who = f"{quote(parts['USER'], safe='')}:{quote(parts['PASSWORD'], safe='')}"
    where = f"{parts['HOST'] or 'localhost'}:{parts['PORT'] or 5432}"
    return f"postgres://{who}@{where}/{quote(name or str(parts['NAME']), safe='')}"


def _records() -> Path:
    return Path(storages["records"].path(""))


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupFailed(f"{command[0]} is not installed") from error
    if done.returncode:
        raise BackupFailed(done.stderr.strip())
