# SPDX-License-Identifier: EUPL-1.2
"""Nothing that was acknowledged is lost when processes and databases die (issue 7)."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from benchmarks.kills import programs
from tests.conftest import ROOT

pytestmark = [pytest.mark.service("postgresql-programs"), pytest.mark.slow]


@pytest.fixture(scope="module")
def figures() -> dict[str, int]:
    """What became of letters under 20 SIGKILLs and 3 hard stops, on a cluster of its own."""
    assert programs().keys() == {"initdb", "pg_ctl", "createdb"}
    environment = {**os.environ, "PYTHONPATH": f".{os.pathsep}site"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kills", "--short"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    told: dict[str, int] = json.loads(done.stdout.splitlines()[-1])["figures"]
    return told


def test_7_twenty_killed_workers_and_three_stopped_databases_lose_nothing(
    figures: dict[str, int],
) -> None:
    assert (figures["kills"], figures["stops"]) == (20, 3)
    assert figures["posts"] > figures["acknowledged"], "nobody was cut off: it proves nothing"
    assert figures["acknowledged"] == figures["letters"] > 30
    wrong = ("lost", "duplicates", "gaps", "half", "faults", "unanswered")
    assert [name for name in wrong if figures[name]] == []


def test_7_no_file_is_left_of_nobody_after_the_sweep(figures: dict[str, int]) -> None:
    assert figures["files"] > 10
    assert figures["orphans_left"] == 0
