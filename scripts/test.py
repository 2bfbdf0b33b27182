#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Run the suite on SQLite, then what concerns the database on PostgreSQL if one answers.

A test that needs a service which is missing is left out and named at the end; with
REQUIRE_SERVICES=1 (as in CI) it fails instead. Further arguments go to pytest.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
POSTGRES_URL = os.environ.get(
    "TEST_POSTGRES_URL", "postgres://initiativ:initiativ@127.0.0.1:5432/initiativ"
)
#: The properties have been searched widely on SQLite; here fewer examples meet the other database.
POSTGRES_LEG = {
    "TEST_LEG": "postgresql",
    "HYPOTHESIS_EXAMPLES": os.environ.get("HYPOTHESIS_EXAMPLES", "15"),
}


def main() -> int:
    """Run both legs and return the worst exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options, rest = parser.parse_known_args()
    os.chdir(ROOT)
    codes = []
    # By file: what a module builds once is then built once.
    pytest = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        options.workers,
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
        *rest,
    ]
    if options.only != "postgresql":
        print("== SQLite", flush=True)
        codes.append(_run(pytest, {"DATABASE_URL": "", "TEST_LEG": "sqlite"}))
    if options.only != "sqlite":
        if postgres_answers():
            print("== PostgreSQL", flush=True)
            codes.append(_run(pytest, {**POSTGRES_LEG, "DATABASE_URL": POSTGRES_URL}))
        elif os.environ.get("REQUIRE_SERVICES") == "1":
            print("PostgreSQL does not answer and REQUIRE_SERVICES=1", file=sys.stderr)
            codes.append(1)
        else:
            print("== PostgreSQL: not run, no server answers (make services starts one)")
    # pytest says 5 when a narrowed run holds no test for one of the legs.
    return max((code for code in codes if code != 5), default=5 if codes else 1)


def postgres_answers() -> bool:
    """Whether something listens where the test database should be."""
    parts = urlsplit(POSTGRES_URL)
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((parts.hostname or "127.0.0.1", parts.port or 5432)) == 0


def _run(command: list[str], variables: dict[str, str]) -> int:
    environment = {**os.environ, **variables}
    if not variables["DATABASE_URL"]:
        environment.pop("DATABASE_URL", None)
    environment.pop("SEARCH_URL", None)
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
