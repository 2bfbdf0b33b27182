# SPDX-License-Identifier: EUPL-1.2
"""The 2,000th record of a case against its 2nd, and what a change of so big a case costs.

    DATABASE_URL=postgres://… python -m benchmarks.records --records 2000

Uses a database of its own beside that of DATABASE_URL, and drops it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time

from benchmarks.city import own_database

_SAMPLE = 50


def main() -> None:
    """Register the records one by one and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2_000)
    parser.add_argument("--short", action="store_true", help="200 records")
    options = parser.parse_args()
    if options.short:
        options.records = 200
    with own_database("bench_records"):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        from django.utils import timezone

        from casework.register.models import NumberSeries
        from casework.register.services import publish, register_case, register_record

        today = timezone.localdate()
        case = register_case(
            series=NumberSeries.objects.get(code="KS"), title="Stort", received_date=today,
            actor=None,
        )  # fmt: skip
        taken = []
        for number in range(options.records):
            start = time.perf_counter()
            register_record(
                case=case, direction="in", title=f"Brev {number}", received_date=today, actor=None
            )
            taken.append(time.perf_counter() - start)
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            publish(case=case, actor=None)
        change = time.perf_counter() - start
    early = statistics.median(taken[1 : 1 + _SAMPLE])
    late = statistics.median(taken[-_SAMPLE:])
    figures = {
        "late_to_early": round(late / early, 2),
        "queries": len(queries),
        "late_ms": round(late * 1000, 1),
        "change_ms": round(change * 1000, 1),
    }
    print(
        json.dumps(
            {
                "name": "records",
                "database": "postgresql",
                "figures": figures,
                "peer": {"early_ms": round(early * 1000, 1)},
            }
        )
    )


if __name__ == "__main__":
    main()
