# SPDX-License-Identifier: EUPL-1.2
"""``manage.py check_template FILE``: the faults of a Word template."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from docgen.engine.check import annotate
from docgen.layout import FIELDS
from docgen.trial import check


class Command(BaseCommand):
    """Checks a template and tells every fault; exit code 1 when there is one."""

    help = _(
        "Kontrollerar en Word-mall (.docx): okända och saknade fält, dubbla nummer, kvarglömd "
        "mallkod, bilder utan alternativtext, saknad titel, fält utan slut med mera. Varningar "
        "hindrar inte att mallen används. Slutkod 1 om något är fel."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """File, and where to write the annotated copy."""
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("file", type=Path, metavar="FILE", help="mallen som ska kontrolleras")
        parser.add_argument(
            "--annotated",
            type=Path,
            metavar="OUT",
            help="skriv en kopia med en Word-kommentar vid varje fel",
        )
        parser.add_argument(
            "--fields", action="store_true", help=_("lista de fält som en mall får använda")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and end with 1 on faults."""
        if options["fields"]:
            self._list(FIELDS, 0)
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(
                _("Kan inte läsa %(path)s: %(strerror)s")
                % {"path": options["file"], "strerror": error.strerror}
            ) from error
        found = check(data)
        for fault in found:
            self.stdout.write(str(fault))
        wrong = [fault for fault in found if not fault.warning]
        if options["annotated"] and not any(x.code == "unusable" for x in found):
            options["annotated"].write_bytes(annotate(data, FIELDS))
            self.stdout.write(f"Kommenterad kopia: {options['annotated']}")
        if wrong:
            raise CommandError(f"{len(wrong)} fel i {options['file']}.")
        self.stdout.write(self.style.SUCCESS(f"Inga fel i {options['file']}."))

    def _list(self, fields: Any, depth: int) -> None:
        for field in fields:
            must = _(" (måste finnas)") if field.required else ""
            self.stdout.write(f"{'  ' * depth}{field.key}: {field.label}, {field.kind}{must}")
            self._list(field.children, depth + 1)
