# SPDX-License-Identifier: EUPL-1.2
"""A dry run of the budget line: strict, fill and best, over a list from a file."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.methods.budget import CannotHold, best, fill, strict
from casework.prioritisation.dry_runs import read_json, wishes_from


class Command(BaseCommand):
    """The three lines as JSON: what each holds, and which frame stopped the rest."""

    help = _("Provkör budgetlinjen över en lista ur en JSON-fil, utan att spara något.")

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", help=_("JSON med frames och items; - läser standard in"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw the three lines, and print them."""
        try:
            wishes, frames = wishes_from(read_json(options["file"]))
            (strictly, partial), filled = strict(wishes, frames), fill(wishes, frames)
            found = best(wishes, frames)
        except CannotHold as fault:
            what = fault.frame or ", ".join(str(item) for item in fault.items)
            raise CommandError(
                _("Det som måste göras ryms inte: %(what)s") % {"what": what}
            ) from fault
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
            raise CommandError(_("Filen kan inte läsas: %(fault)s") % {"fault": fault}) from fault
        worth = found.line.value
        told = {
            "strict": list(strictly.inside),
            "fill": list(filled.inside),
            "best": {
                "ids": list(found.line.inside),
                "value": int(worth) if worth.denominator == 1 else float(worth),
                "gap": float(found.gap),
            },
            "stopped_by": {
                str(item): why.frame for item, why in filled.outside.items() if why.frame
            },
            "excluded_by": {
                str(item): why.other
                for item, why in filled.outside.items()
                if why.other is not None
            },
            "partial": None
            if partial is None
            else {"id": partial.item, "frame": partial.frame, "tkr_left": partial.tkr_left},
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False))
