# SPDX-License-Identifier: EUPL-1.2
"""Closing a case with two thousand records, and opening it again.

    DATABASE_URL=postgres://… python -m benchmarks.closing --records 2000

Uses a database of its own beside that of DATABASE_URL, and drops it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import time

from benchmarks.city import own_database


def main() -> None:
    """Make the case, close it as the worker does, open it, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--short", action="store_true", help="200 records")
    options = parser.parse_args()
    count = 200 if options.short else options.records
    with own_database("bench_closing"):
        print(json.dumps(_measure(count)))


def _measure(count: int) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from casework.archive.models import Closing
    from casework.archive.services import run_closing
    from casework.journal.models import JournalEntry
    from casework.organisation.models import User
    from casework.register.models import NumberSeries
    from casework.register.services import register_letter, register_record, reopen_case

    registrar = User.objects.get(username="registrator")
    series = NumberSeries.objects.get(code="KS")
    today = timezone.localdate()
    case, _record = register_letter(
        series=series, actor=registrar, title="Stort", received_date=today
    )
    for number in range(count - 1):
        register_record(
            case=case, actor=registrar, direction="in", title=f"Bilaga {number}",
            received_date=today,
        )  # fmt: skip
    closing = Closing.objects.create(case=case, outcome="answered", by=registrar, total=count)
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        run_closing(closing.pk)
        closed = time.perf_counter() - start
    told = JournalEntry.objects.filter(action="register.record_archived").count()
    case.refresh_from_db()
    start = time.perf_counter()
    reopen_case(case=case, reason="Mer kom.", actor=registrar)
    return {
        "records": count,
        "close_s": round(closed, 2),
        "reopen_s": round(time.perf_counter() - start, 2),
        "queries": len(queries),
        "told": told,
    }


if __name__ == "__main__":
    main()
