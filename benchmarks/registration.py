# SPDX-License-Identifier: EUPL-1.2
"""Registrations per second by many clients, against bare SQL in the same run.

The peer is psycopg alone: in one transaction the series' row for update, the case, an audit row.
Rounds of the two alternate, so that what else the machine does meets both. The figures to look at
are the ratios; machines differ.

    DATABASE_URL=postgres://… python -m benchmarks.registration --clients 16 --each 40

Uses a database of its own beside that of DATABASE_URL, and drops it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from concurrent.futures import ProcessPoolExecutor

from benchmarks.city import own_database, percentile, setup

_PEER = """
CREATE TABLE IF NOT EXISTS peer_series (id int PRIMARY KEY, last int NOT NULL);
CREATE TABLE IF NOT EXISTS peer_case (id bigserial PRIMARY KEY, serial int UNIQUE, title text,
    party text, received date, at timestamptz);
CREATE TABLE IF NOT EXISTS peer_audit (id bigserial PRIMARY KEY, serial int, actor int, what text,
    at timestamptz);
INSERT INTO peer_series VALUES (1, 0) ON CONFLICT DO NOTHING;
"""


def register(count: int) -> list[float]:
    """Register ``count`` cases one by one; returns the seconds that each took."""
    from django.utils import timezone

    from casework.organisation.models import User
    from casework.register.models import NumberSeries
    from casework.register.services import register_case

    actor = User.objects.get(username="registrator")
    series = NumberSeries.objects.get(code="KS")
    today = timezone.localdate()
    taken = []
    for number in range(count):
        start = time.perf_counter()
        register_case(
            actor=actor, series=series, title=f"Skrivelse {number}", received_date=today,
            party="Privatperson",
        )  # fmt: skip
        taken.append(time.perf_counter() - start)
    return taken


def raw(count: int) -> list[float]:
    """The same by bare SQL."""
    import psycopg

    taken = []
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        for number in range(count):
            start = time.perf_counter()
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute("SELECT last FROM peer_series WHERE id = 1 FOR UPDATE")
                row = cursor.fetchone()
                assert row is not None
                serial = row[0] + 1
                cursor.execute("UPDATE peer_series SET last = %s WHERE id = 1", [serial])
                cursor.execute(
                    "INSERT INTO peer_case (serial, title, party, received, at) "
                    "VALUES (%s, %s, 'Privatperson', current_date, now())",
                    [serial, f"Skrivelse {number}"],
                )
                cursor.execute(
                    "INSERT INTO peer_audit (serial, actor, what, at) "
                    "VALUES (%s, 1, 'registered', now())",
                    [serial],
                )
            taken.append(time.perf_counter() - start)
    return taken


def main() -> None:
    """Run both in turn and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=16, help="processes at the same time")
    parser.add_argument("--each", type=int, default=40, help="registrations per client and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--short", action="store_true", help="one round of 10 for each client")
    options = parser.parse_args()
    if options.short:
        options.each, options.rounds = 10, 1
    with own_database("bench_registration"):
        import psycopg
        from django.db import connections

        connections.close_all()
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            connection.execute(_PEER)
        seconds = {"registration": 0.0, "peer": 0.0}
        taken: dict[str, list[float]] = {"registration": [], "peer": []}
        works = (("registration", register), ("peer", raw))
        with ProcessPoolExecutor(options.clients, initializer=setup) as pool:
            for _name, work in works:
                list(pool.map(work, [2] * options.clients))
            for _round in range(options.rounds):
                for name, work in works:
                    start = time.perf_counter()
                    for times in pool.map(work, [options.each] * options.clients):
                        taken[name] += times
                    seconds[name] += time.perf_counter() - start
        rate = {name: len(taken[name]) / seconds[name] for name in taken}
        p95 = {name: percentile(taken[name], 0.95) * 1000 for name in taken}
    print(
        json.dumps(
            {
                "name": "registration",
                "database": "postgresql",
                "figures": {
                    "per_s": round(rate["registration"], 1),
                    "p95_ms": round(p95["registration"], 1),
                    "ratio_to_raw": round(rate["registration"] / rate["peer"], 3),
                    "p95_ratio": round(p95["registration"] / p95["peer"], 2),
                },
                "peer": {"per_s": round(rate["peer"], 1), "p95_ms": round(p95["peer"], 1)},
            }
        )
    )


if __name__ == "__main__":
    main()
