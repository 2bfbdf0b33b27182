# SPDX-License-Identifier: EUPL-1.2
"""Start a new city from the preset."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.planning.services import open_cycle
from casework.preset.loader import load_preset
from city.content.ensure import ensure_pages


class Command(BaseCommand):
    """The 2008 model without any demo cases."""

    help = _(
        "Laddar 2008 års modell i en ny stad: myndigheter, nummerserier, tjänsteområden, organ, "
        "formulär, kriterier, ett budgetår med sina omgångar och stadens sidor. Inga demoärenden. Kan köras igen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which budget year to lay up."""
        parser.add_argument(
            "--budget-year",
            type=int,
            default=timezone.localdate().year + 2,
            help=_("budgetår som läggs upp (annars året efter nästa); omgångarna öppnas för hand"),
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load it."""
        load_preset()
        open_cycle(budget_year=options["budget_year"], actor=None)
        ensure_pages()
        self.stdout.write(
            self.style.SUCCESS(
                _(
                    "Modellen är laddad. Skapa en administratör med createsuperuser och utse "
                    "personer under Organisation."
                )
            )
        )
