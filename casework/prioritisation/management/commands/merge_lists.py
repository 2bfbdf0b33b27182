# SPDX-License-Identifier: EUPL-1.2
"""A dry run of the city-wide merge: uddatalsmetoden over lists from a file (R34)."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.methods.apportion import merge
from casework.prioritisation.dry_runs import lists_from, read_json


class Command(BaseCommand):
    """One JSON line a place: place, id, area, nth and quotient."""

    help = _("Provkör sammanvägningen av områdenas listor ur en JSON-fil, utan att spara något.")

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", help=_("JSON med shares, order och lists; - läser standard in"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Merge, and print each place."""
        try:
            wanted = lists_from(read_json(options["file"]))
            placed = merge(wanted.lists, wanted.shares, wanted.order, first=wanted.first)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
            raise CommandError(_("Filen kan inte läsas: %(fault)s") % {"fault": fault}) from fault
        for row in placed:
            told = {
                "place": row.place,
                "id": row.item,
                "area": row.area,
                "nth": row.nth,
                "quotient": str(row.quotient),
                "nearest": row.rival,
                "nearest_quotient": None if row.rival is None else str(row.rival_quotient),
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
