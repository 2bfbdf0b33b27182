# SPDX-License-Identifier: EUPL-1.2
"""`manage.py sweep_files`: delete files that belong to no row."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ops.sweeping import sweep


class Command(BaseCommand):
    """Deletes what an interrupted upload left behind; the worker does it once a day."""

    help = (
        "Delete files of records that no row knows, a day old or more. --dry-run only names them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Name each file, then say how many."""
        names = sweep(dry_run=dry_run)
        for name in names:
            self.stdout.write(name)
        verb = "would be deleted" if dry_run else "deleted"
        self.stdout.write(f"{len(names)} files {verb}.")
