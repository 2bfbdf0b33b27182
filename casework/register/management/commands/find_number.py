# SPDX-License-Identifier: EUPL-1.2
"""`manage.py find_number`: how spellings of registry numbers are read, and what they find."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casework.register.lookup import find_by_number
from casework.register.numbers import parse_lenient


class Command(BaseCommand):
    """Shows how each spelling is read."""

    help = (
        "Show how each TEXT is read as a registry number, and which cases and earlier decisions "
        "carry it: one line of JSON each. `number` is the normalised key, or null."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("text", nargs="+", metavar="TEXT", help="a number in any spelling")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each text."""
        for text in options["text"]:
            readings = parse_lenient(text)
            best = readings[0] if readings else None
            line = {
                "text": text,
                "number": best.key if best else None,
                "authority": best.authority if best else None,
                "year": best.year if best else None,
                "serial": best.serial if best else None,
                "record": best.record if best else None,
                "cases": [{"dnr": f.dnr, "title": f.title} for f in find_by_number(readings)],
            }
            self.stdout.write(json.dumps(line, ensure_ascii=False))
