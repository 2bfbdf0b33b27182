# SPDX-License-Identifier: EUPL-1.2
"""How many rows a second `verify_register` reads and compares, and how much memory it takes.

    DATABASE_URL=postgres://… python -m benchmarks.verify --cases 100000

Registering is the slow part: some 300 cases a second, so 100,000 take five minutes or more before
anything is measured. The rate at 20,000 is the same, for the audit reads part by part.

Uses a database of its own beside that of DATABASE_URL, and drops it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import time

from benchmarks.city import own_database


def main() -> None:
    """Seed, verify, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--short", action="store_true", help="5,000 cases")
    options = parser.parse_args()
    if options.short:
        options.cases = 5_000
    with own_database("bench_verify"):
        from django.apps import apps
        from django.core.management import call_command

        from casework.register.audit import verify_register

        call_command("seed_load", cases=options.cases, verbosity=0)
        labels = ("register", "journal", "access")
        rows = sum(
            model._default_manager.count()
            for label in labels
            for model in apps.get_app_config(label).get_models()
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        result = verify_register()
        taken = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures = {
        "rows_per_s": round(rows / taken),
        "rows": rows,
        "seconds": round(taken, 2),
        "memory_mb": round((after - before) / 1024, 1),
        "faults": len(result.faults),
    }
    print(json.dumps({"name": "verify", "database": "postgresql", "figures": figures, "peer": {}}))


if __name__ == "__main__":
    main()
