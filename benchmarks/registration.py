# SPDX-License-Identifier: EUPL-1.2
"""Registrations per second by several processes, against bare commits in the same run.

The peer is a process that does nothing but raise a counter row of its own series and commit: what
the machine's disk and database allow. The figure to look at is the ratio; machines differ.

    python -m benchmarks.registration --processes 8 --each 50

Uses the database of DATABASE_URL; run it on an empty one of its own. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from tempfile import TemporaryDirectory

import django


def setup() -> None:
    """Give a process its own connection."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    sys.path[:0] = [".", "site"]
    django.setup()


def register(count: int) -> float:
    """Register ``count`` cases one by one; returns the seconds it took."""
    from django.utils import timezone

    from casework.organisation.models import User
    from casework.register.models import NumberSeries
    from casework.register.services import register_case

    actor = User.objects.get(username="registrator")
    series = NumberSeries.objects.get(code="KS")
    start = time.perf_counter()
    for number in range(count):
        register_case(
            actor=actor,
            series=series,
            title=f"Skrivelse {number}",
            received_date=timezone.localdate(),
        )
    return time.perf_counter() - start


def commit(count: int) -> float:
    """Raise the shared counter and commit, ``count`` times; returns the seconds it took."""
    from django.db import transaction

    from casework.register.models import NumberSeries
    from casework.register.services.registration import take_serial

    series = NumberSeries.objects.get(code="KF")
    start = time.perf_counter()
    for _number in range(count):
        with transaction.atomic():
            take_serial(series, 1999)
    return time.perf_counter() - start


def main() -> None:
    """Run both in turn and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=8, help="at the same time")
    parser.add_argument("--each", type=int, default=50, help="registrations per process")
    parser.add_argument("--short", action="store_true", help="2 × 20, for a quick look")
    options = parser.parse_args()
    if options.short:
        options.processes, options.each = 2, 20
    with TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        setup()
        from django.core.management import call_command
        from django.db import connections

        from casework.organisation.models import User
        from casework.preset.loader import load_preset

        call_command("migrate", verbosity=0)
        load_preset()
        User.objects.get_or_create(username="registrator")
        engine = connections["default"].vendor
        connections.close_all()
        rates = {}
        for name, work in (("commits", commit), ("registrations", register)):
            with ProcessPoolExecutor(options.processes, initializer=setup) as pool:
                list(pool.map(commit, [1] * options.processes))
                start = time.perf_counter()
                list(pool.map(work, [options.each] * options.processes))
                rates[name] = options.processes * options.each / (time.perf_counter() - start)
        print(
            json.dumps(
                {
                    "database": engine,
                    "processes": options.processes,
                    "registrations_per_s": round(rates["registrations"], 1),
                    "commits_per_s": round(rates["commits"], 1),
                    "ratio": round(rates["registrations"] / rates["commits"], 3),
                }
            )
        )


if __name__ == "__main__":
    main()
