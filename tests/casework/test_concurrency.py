# SPDX-License-Identifier: EUPL-1.2
"""Many registrars at once, real processes on a real PostgreSQL: no gap, no duplicate."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from casework.register.audit import verify_register
from casework.register.models import Case, Entry, NumberSeries, SeriesCounter
from casework.register.services import register_case
from tests import small_city
from tests.small_city import SmallCity

pytestmark = [
    pytest.mark.service("postgresql"),
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
ROOT = Path(__file__).resolve().parents[2]
PROCESSES, EACH = 16, 40


@pytest.fixture
def committed(transactional_db: None) -> SmallCity:
    return small_city.build()


def start(count: int, seed: int, *extra: str) -> subprocess.Popen[str]:
    database = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(
        **{**database, "PORT": database["PORT"] or 5432}
    )
    return subprocess.Popen(
        [sys.executable, "-m", "tests.casework.registering", str(count), str(seed), *extra],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": f".{os.pathsep}site"},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_sixteen_processes_leave_no_gap_and_no_duplicate(committed: SmallCity) -> None:
    before = Case.objects.count()
    running = [start(EACH, seed) for seed in range(PROCESSES)]
    kept = sum(int(process.communicate(timeout=300)[0].strip()) for process in running)
    assert all(process.returncode == 0 for process in running)
    assert PROCESSES * EACH * 0.8 < kept < PROCESSES * EACH
    assert Case.objects.count() == before + kept
    serials = list(
        Entry.objects.filter(record_number=0, series__code="KS").values_list("serial", flat=True)
    )
    assert sorted(serials) == list(range(1, len(serials) + 1))
    assert verify_register().faults == []


def test_a_process_killed_mid_registration_leaves_no_number_without_a_case(
    committed: SmallCity,
) -> None:
    before = SeriesCounter.objects.get(series__code="KS").last_serial
    for seed in range(3):
        process = start(1, seed, "slow")
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "holding"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        process.stdout.close()
    case = register_case(
        committed.people["registrator"],
        NumberSeries.objects.get(code="KS"),
        title="Efteråt",
        received_date=timezone.localdate(),
    )
    assert case.serial == before + 1
    assert verify_register().faults == []
