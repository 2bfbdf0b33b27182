# SPDX-License-Identifier: EUPL-1.2
"""Audit numbers and hash chains."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from casework.register.audit import verify_register


class Command(BaseCommand):
    """Numbers (gaps, duplicates, voided) and the journal's hash chains."""

    help = _(
        "Granskar diariet: luckor, dubbletter, ärenden utan nummer, makulerade handlingar och "
        "händelseloggens hashkedjor, varje rad och fil. Avslutas med 1 vid minsta fel."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--seal",
            type=Path,
            metavar="FILE",
            help=_(
                "Jämför kedjorna med sigillen i filen och lägg till dagens. Förvara den utanför "
                "databasen."
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Report and exit."""
        result = verify_register(seal=options["seal"])
        for line in result.summary:
            self.stdout.write(line)
        for fault in result.faults:
            self.stderr.write(self.style.ERROR(fault))
        if result.faults:
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("Inga fel."))
