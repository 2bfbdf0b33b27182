# SPDX-License-Identifier: EUPL-1.2
"""Load the demo city."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from casework.organisation.models import User
from casework.preset.founding import load_founding_case
from casework.preset.loader import read
from city.content.ensure import ensure_pages
from demo import seed
from demo.people import seed_organisation
from docgen.services import load_founding_report


class Command(BaseCommand):
    """The made-up city: preset, people, initiatives in every stage, the founding case, pages."""

    help = (
        "Laddar demostaden: 2008 års modell, förvaltningar, konton (lösenord: demo), omkring 60 "
        "initiativ i alla lägen, det historiska ärendet 031-3884/2007 och stadens sidor. "
        "Kan köras igen; det som finns rörs inte."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed what is missing."""
        seed_organisation()
        if seed.is_seeded():
            self.stdout.write("Demostadens initiativ finns redan.")
        else:
            count = seed.seed_initiatives()
            self.stdout.write(f"{count} initiativ.")
        case = load_founding_case(actor=User.objects.get(username="registrator"))
        load_founding_report(case, read("founding_case"))
        ensure_pages()
        self.stdout.write(self.style.SUCCESS("Demostaden är klar."))
