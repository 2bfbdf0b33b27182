# SPDX-License-Identifier: EUPL-1.2
"""`manage.py seed_load --cases N`: a big register, made through the same rules as a real one."""

from __future__ import annotations

import random
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from casework.inbox.services import Children, receive_mail
from casework.organisation.models import Authority, User
from casework.organisation.selectors import officers_of
from casework.register.enums import CaseType, Direction
from casework.register.models import Case, NumberSeries
from casework.register.services import grant_access, publish, register_cases, register_record
from casework.register.services.registration import CaseFields

_BATCH = 500
_WORDS = ("Belysning", "Bygglov", "Förskola", "Gångväg", "Karta", "Lekplats", "Remiss", "Trafik")


class Command(BaseCommand):
    """Registers many cases, for measuring; never in a register that is in use."""

    help = (
        "Register N cases in the first series of the city, every tenth with a record, every "
        "twentieth published, every fiftieth secret, every fortieth open to one more person, and "
        "a mail in the inbox for every hundredth. For benchmarks: the numbers stay."
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
        self.guests = list(User.objects.filter(is_active=True).order_by("pk")[:20])
        bar = tqdm(total=total, unit="ärenden", disable=options["verbosity"] == 0)
        with bar, Children() as children:
            for start in range(0, total, _BATCH):
                numbers = range(start, min(start + _BATCH, total))
                drafts = [self._draft(officers, number, chance) for number in numbers]
                with transaction.atomic():
                    cases = register_cases(series=series, actor=None, drafts=drafts)
                    for number, case in zip(numbers, cases, strict=True):
                        self._go_on(number, case)
                for number in numbers:
                    if number % 100 == 99:
                        self._mail(series.authority, number, children)
                bar.update(len(numbers))

    def _draft(self, officers: list[Any], number: int, chance: random.Random) -> CaseFields:
        return {
            "title": f"{chance.choice(_WORDS)} {number}",
            "received_date": timezone.localdate(),
            "case_type": chance.choice(CaseType.values),
            "party": "Privatperson",
            "officer": chance.choice(officers),
            "secrecy_provision": "OSL 21:1" if number % 50 == 49 else "",
        }

    def _go_on(self, number: int, case: Case) -> None:
        """What happens to some of them afterwards."""
        if number % 10 == 0:
            register_record(
                case=case, direction=Direction.INCOMING, title="Skrivelse",
                received_date=case.received_date, actor=None,
            )  # fmt: skip
        if number % 20 == 10:
            publish(case=case, actor=None)
        if number % 40 == 9 and self.guests:
            guest = self.guests[number // 40 % len(self.guests)]
            grant_access(case=case, user=guest, reason="Ska läsa", actor=None)

    def _mail(self, authority: Authority, number: int, children: Children) -> None:
        """A mail about a case, waiting to be registered."""
        data = (
            f"From: Boende <boende{number}@example.com>\r\nSubject: {_WORDS[number % 8]} {number}"
            f"\r\nMessage-ID: <{number}@example.com>\r\n\r\nHej, det gäller nummer {number}."
        )
        receive_mail(
            authority=authority, data=data.encode(), source="seed", actor=None, children=children
        )
