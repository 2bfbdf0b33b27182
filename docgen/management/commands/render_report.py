# SPDX-License-Identifier: EUPL-1.2
"""``manage.py render_report DNR --out FILE``: a tjänsteutlåtande as a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.register.models import Case, CaseNumber
from casework.register.numbers import parse_lenient
from docgen.engine.errors import DocumentError
from docgen.sections import empty_sections
from docgen.services import building, render, report_of
from docgen.services.reports import newest


def find_cases(text: str) -> list[Case]:
    """The cases that carry a number, in any spelling of it."""
    exact = list(Case.objects.filter(numbers__display=text.strip()).distinct())
    if exact:
        return exact
    for reading in parse_lenient(text):
        numbers = CaseNumber.objects.filter(key=reading.key) or CaseNumber.objects.filter(
            loose_key=reading.loose_key
        )
        found = list(Case.objects.filter(numbers__in=numbers).distinct())
        if found:
            return found
    return []


class Command(BaseCommand):
    """Renders the newest version of a case's report."""

    help = _(
        "Skriver ett ärendes tjänsteutlåtande som Word-fil. Diarienumret kan skrivas på alla "
        "sätt som sökningen förstår, till exempel ”031-3884/2007”, ”2007/3884” eller ”KS "
        "2026/12”."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Number and file."""
        parser.add_argument("dnr", metavar="DNR", help=_("ärendets diarienummer"))
        parser.add_argument(
            "--out", type=Path, required=True, metavar="FILE", help="filen som ska skrivas (.docx)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, render, write."""
        cases = find_cases(options["dnr"])
        if not cases:
            raise CommandError(
                _("Inget ärende har numret %(number)s.") % {"number": options["dnr"]}
            )
        if len(cases) > 1:
            numbers = ", ".join(case.dnr for case in cases)
            raise CommandError(
                _("Numret passar flera ärenden: %(numbers)s. Skriv det helt.")
                % {"numbers": numbers}
            )
        report = report_of(cases[0])
        if report is None:
            raise CommandError(
                _("Ärendet %(dnr)s har inget tjänsteutlåtande.") % {"dnr": cases[0].dnr}
            )
        try:
            options["out"].write_bytes(render(report))
        except DocumentError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Kan inte skriva {options['out']}: {error.strerror}") from error
        self.stdout.write(f"{cases[0].dnr}: {options['out']}")
        for section in empty_sections(building.content_of(newest(report))):
            self.stderr.write(
                _("Avsnittet ”%(heading)s” är tomt och kom inte med.")
                % {"heading": section.heading}
            )
