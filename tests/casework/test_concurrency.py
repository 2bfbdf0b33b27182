# SPDX-License-Identifier: EUPL-1.2
"""Many registrars at once, real processes on a real PostgreSQL: no gap, no duplicate."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from casework.initiatives.models import Initiative
from casework.process.services import accept_scope, save_preparation
from casework.register.audit import verify_register
from casework.register.models import Case, CaseLink, DiaryEntry, NumberSeries, SeriesCounter
from casework.register.services import (
    lift_secrecy,
    link_cases,
    mark_secret,
    register_case,
    register_record,
)
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
        DiaryEntry.objects.filter(record_number=0, series__code="KS").values_list(
            "serial", flat=True
        )
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
        actor=committed.people["registrator"],
        series=NumberSeries.objects.get(code="KS"),
        title="Efteråt",
        received_date=timezone.localdate(),
    )
    assert case.serial == before + 1
    assert verify_register().faults == []


def test_decisions_records_and_markings_at_the_same_time_do_not_deadlock(
    committed: SmallCity,
) -> None:
    city = committed
    case = city.case("registered")
    initiative = city.initiatives["registered"]
    before = case.records.count()
    registrar, officer = city.people["registrator"], city.people["handlaggare"]
    faults: list[BaseException] = []

    def records() -> None:
        for number in range(15):
            register_record(
                actor=registrar,
                case=Case.objects.get(pk=case.pk),
                direction="in",
                title=f"Brev {number}",
                received_date=timezone.localdate(),
            )

    def markings() -> None:
        for _number in range(8):
            mark_secret(case=Case.objects.get(pk=case.pk), provision="OSL 18:8", actor=registrar)
            lift_secrecy(case=Case.objects.get(pk=case.pk), actor=registrar, reason="Prövat.")

    def decisions() -> None:
        accept_scope(initiative=initiative, actor=officer, ground="cross")
        for number in range(10):
            save_preparation(
                initiative=Initiative.objects.get(pk=initiative.pk),
                answers={"goal": f"Mål {number}"},
                actor=officer,
            )

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=guarded, args=[work])
        for work in (records, records, markings, decisions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert faults == []
    numbers = case.records.values_list("entry__record_number", flat=True)
    assert sorted(numbers) == list(range(1, before + 31))
    assert verify_register().faults == []


def test_9_those_who_link_from_both_sides_at_once_make_one_link(committed: SmallCity) -> None:
    """The later ones are told in words, and nobody waits for each other in a circle."""
    assert committed.letter is not None
    pair, other = committed.letter, committed.case("registered")
    told: list[str] = []
    start = threading.Barrier(4)

    def linked(case: Case, number: str) -> None:
        try:
            start.wait()
            link_cases(case=case, kind="related", number=number, actor=None)
        except ValidationError as fault:
            told.extend(fault.messages)
        except BaseException as fault:
            told.append(repr(fault))
        finally:
            connection.close()

    sides = [(pair, other.dnr), (other, pair.dnr)] * 2
    threads = [threading.Thread(target=linked, args=side) for side in sides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert told == ["Ärendena är redan kopplade så."] * 3
    assert CaseLink.objects.filter(kind="related", case__in=[pair, other]).count() == 1
    assert verify_register().faults == []
