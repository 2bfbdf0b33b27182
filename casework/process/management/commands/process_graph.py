# SPDX-License-Identifier: EUPL-1.2
"""Draw the process from the state machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from casework.process.graph import dot, svg


class Command(BaseCommand):
    """The stages and transitions as SVG or DOT."""

    help = _("Ritar lägena och övergångarna ur tillståndsmaskinen, som SVG eller DOT.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Format and place."""
        parser.add_argument("--format", choices=["svg", "dot"], default="svg", help="bildformat")
        parser.add_argument("--out", type=Path, help="fil att skriva till; annars standard ut")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw it."""
        picture = svg() if options["format"] == "svg" else dot()
        if options["out"]:
            options["out"].write_text(picture + "\n", "utf-8")
        else:
            self.stdout.write(picture)
