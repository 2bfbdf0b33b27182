# SPDX-License-Identifier: EUPL-1.2
"""`manage.py restore_drill BACKUP`: restore a backup beside the running city and examine it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ops.backup import MANIFEST, BackupFailed, drill, last_numbers


class Command(BaseCommand):
    """Restores, verifies every row and file, and compares the last numbers."""

    help = (
        "Restore a backup into a database of its own, verify the register and its files there, and "
        "tell which number comes next. The running city is not touched. Exits with 1 on a fault."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("backup", type=Path)
        parser.add_argument("--inside", action="store_true", help="examine the restored database")

    def handle(self, *args: Any, backup: Path, inside: bool, **options: Any) -> None:
        """Do the drill, or, in the restored database, the examination."""
        if inside:
            self._examine(backup)
            return
        if not (backup / MANIFEST).is_file():
            raise CommandError(f"{backup} holds no {MANIFEST}")
        try:
            done = drill(backup.resolve())
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(done.stdout.rstrip())
        if done.returncode:
            raise CommandError(done.stderr.strip())

    def _examine(self, backup: Path) -> None:
        # As a restore does where the program is newer than the backup.
        call_command("migrate", verbosity=0)
        expected = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))["numbers"]
        numbers = last_numbers()
        if numbers != expected:
            raise CommandError(f"the last numbers are {numbers}, the backup says {expected}")
        for series, last in numbers.items():
            self.stdout.write(f"{series}/{last + 1} comes next.")
        call_command("verify_register", stdout=self.stdout, stderr=self.stderr)
