# SPDX-License-Identifier: EUPL-1.2
"""A process that registers cases, for the concurrency tests; run with ``python -m``.

Arguments: how many registrations, and the seed that decides which are rolled back. With ``slow``
as a third argument it says when it holds a number and waits there to be killed.
"""

from __future__ import annotations

import os
import random
import sys
import time

import django


class Regret(Exception):
    """A deliberate rollback, after the number was taken."""


def main() -> None:
    """Register and report how many were kept."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from casework.organisation.models import User
    from casework.register.models import NumberSeries
    from casework.register.services import register_case

    count, seed = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    actor = User.objects.get(username="registrator")
    series = NumberSeries.objects.get(code="KS")
    kept = 0
    for number in range(count):
        try:
            with transaction.atomic():
                register_case(
                    actor=actor,
                    series=series,
                    title=f"Skrivelse {seed}-{number}",
                    received_date=timezone.localdate(),
                )
                if len(sys.argv) > 3:
                    print("holding", flush=True)
                    time.sleep(60)
                if chance.random() < 0.1:
                    raise Regret
            kept += 1
        except Regret:
            continue
    print(kept)


if __name__ == "__main__":
    main()
