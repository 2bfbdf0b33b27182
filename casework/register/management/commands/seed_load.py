# SPDX-License-Identifier: EUPL-1.2
"""`manage.py seed_load --cases N`: a big register, made through the same rules as a real one."""

from __future__ import annotations

import random
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from casework.organisation.selectors import officers_of
from casework.register.enums import CaseType, Direction
from casework.register.models import Case, NumberSeries
from casework.register.services import publish, register_case, register_record

_BATCH = 500
_WORDS = ("Belysning", "Bygglov", "Förskola", "Gångväg", "Karta", "Lekplats", "Remiss", "Trafik")


class Command(BaseCommand):
    """Registers many cases, for measuring; never in a register that is in use."""

    help = (
        "Register N cases in the first series of the city, every fourth published, every third "
        "with a record. For benchmarks: the numbers stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--cases", type=int, default=1_000, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        """Register in batches, each in one transaction."""
        series = NumberSeries.objects.filter(is_historic=False).order_by("pk").first()
        if series is None:
            raise CommandError("Staden har ingen nummerserie. Kör load_preset först.")
        officers = [*officers_of(series.authority_id), None]
        chance = random.Random(2026)  # noqa: S311 - the same data every time
        total: int = options["cases"]
        bar = tqdm(total=total, unit="ärenden", disable=options["verbosity"] == 0)
        with bar:
            for start in range(0, total, _BATCH):
                numbers = range(start, min(start + _BATCH, total))
                with transaction.atomic():
                    for number in numbers:
                        self._register(series, officers, number, chance)
                bar.update(len(numbers))

    def _register(
        self, series: NumberSeries, officers: list[Any], number: int, chance: random.Random
    ) -> Case:
        today = timezone.localdate()
        case = register_case(
            series=series,
            title=f"{chance.choice(_WORDS)} {number}",
            received_date=today,
            case_type=chance.choice(CaseType.values),
            party="Privatperson",
            officer=chance.choice(officers),
            secrecy_provision="OSL 21:1" if number % 50 == 49 else "",
            actor=None,
        )
        if number % 3 == 0:
            register_record(
                case=case, direction=Direction.INCOMING, title="Skrivelse", received_date=today,
                actor=None,
            )  # fmt: skip
        if number % 4 == 0 and not case.is_secret:
            publish(case=case, actor=None)
        return case
