# SPDX-License-Identifier: EUPL-1.2
"""``manage.py add_template FILE --as VERSION``: take a city's own Word template into use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from docgen.services import add_template


class Command(BaseCommand):
    """Checks a template and makes it the one that new documents are made with."""

    help = _(
        "Kontrollerar en Word-mall och tar den i bruk för nya dokument. Dokument som redan är "
        "skapade behåller sin mall. Slutkod 1 om mallen har fel; då ändras ingenting."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """File, version and name."""
        parser.add_argument("file", type=Path, metavar="FILE", help="mallen (.docx)")
        parser.add_argument(
            "--as", dest="label", required=True, metavar="VERSION", help="mallens version, t.ex. 2"
        )
        parser.add_argument("--name", default=_("Tjänsteutlåtande"), help="mallens namn")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, keep."""
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(
                _("Kan inte läsa %(path)s: %(strerror)s")
                % {"path": options["file"], "strerror": error.strerror}
            ) from error
        try:
            row = add_template(
                data=data, name=options["name"], version=options["label"], actor=None
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(_("%(template)s används för nya dokument.") % {"template": row})
