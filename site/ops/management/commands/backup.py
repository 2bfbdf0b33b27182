# SPDX-License-Identifier: EUPL-1.2
"""`manage.py backup FOLDER`: database, records and media, together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ops.backup import BackupFailed, back_up


class Command(BaseCommand):
    """Copies everything that cannot be made again."""

    help = "Copy database, records and media into a new folder; `restore_drill` proves it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Copy, and say where to."""
        try:
            self.stdout.write(str(back_up(folder)))
        except (BackupFailed, OSError) as error:
            raise CommandError(str(error)) from error
