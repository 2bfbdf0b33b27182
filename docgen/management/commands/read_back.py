# SPDX-License-Identifier: EUPL-1.2
"""``manage.py read_back FILE``: what a returned Word file changes, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from docgen.engine.errors import DocumentError
from docgen.services import read_returned


class Command(BaseCommand):
    """Reads a returned file and tells what it changes; changes nothing."""

    help = _(
        "Läser en återlämnad Word-fil och skriver som JSON vad den ändrar, fält för fält, "
        "jämfört med det som skickades ut. Inget ändras i ärendet. Filen läses i en egen process "
        "med gränser för minne och tid. Slutkod 1 om filen inte kan läsas."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, metavar="FILE", help="filen som har kommit tillbaka")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare, print."""
        path: Path = options["file"]
        try:
            if path.stat().st_size > settings.MAX_ATTACHMENT_BYTES:
                raise CommandError(_("Filen är för stor."))
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(
                _("Kan inte läsa %(path)s: %(strerror)s")
                % {"path": path, "strerror": error.strerror}
            ) from error
        try:
            returned = read_returned(data)
        except DocumentError as error:
            raise CommandError(str(error)) from error
        answer = {
            "dnr": returned.report.case.dnr,
            "report": returned.report.pk,
            "document": returned.document.number if returned.document else None,
            "revision": returned.provenance.get("InitiativRevision"),
            "template": returned.provenance.get("InitiativTemplate"),
            "engine": returned.provenance.get("InitiativEngine"),
            "changes": [change.to_json() for change in returned.changes],
            "remarks": [asdict(remark) for remark in returned.remarks],
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
