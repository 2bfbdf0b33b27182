# SPDX-License-Identifier: EUPL-1.2
"""What is derived from a case stays in step, and costs the same however big the case is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.access.tokens import audience_of
from casework.register.models import Case, Record
from casework.register.services import (
    lift_secrecy,
    mark_record_secret,
    mark_secret,
    publish,
    publish_record,
    register_record,
    unpublish,
    void_record,
)
from tests.small_city import SmallCity

MOST_QUERIES = 30


def in_step(case: Case) -> None:
    """The stored audiences are what the rule says of each row."""
    rows: list[Case | Record] = [Case.objects.get(pk=case.pk), *Record.objects.filter(case=case)]
    for row in rows:
        stored = frozenset(row.audience.values_list("token", flat=True))
        assert stored == audience_of(row.access_facts())


@pytest.fixture
def big(city: SmallCity) -> Case:
    """A published case with records of every kind."""
    case, registrar = city.case("registered"), city.people["registrator"]
    records = [
        register_record(
            case=case,
            direction="in",
            title=f"Brev {n}",
            received_date=timezone.localdate(),
            actor=registrar,
        )
        for n in range(8)
    ]
    for record in records[:4]:
        publish_record(record=record, actor=registrar)
    mark_record_secret(record=records[1], provision="OSL 25:1", actor=registrar)
    mark_record_secret(record=records[5], provision="OSL 25:1", actor=registrar)
    void_record(record=records[2], reason="Fel ärende", actor=registrar)
    return case


def test_audiences_follow_every_change(city: SmallCity, big: Case) -> None:
    registrar = city.people["registrator"]
    in_step(big)
    for change in (
        lambda: unpublish(case=big, actor=registrar),
        lambda: publish(case=big, actor=registrar),
        lambda: mark_secret(case=big, provision="OSL 18:8", actor=registrar),
        lambda: lift_secrecy(case=big, reason="Prövat", actor=registrar),
        lambda: publish(case=big, actor=registrar),
    ):
        change()
        in_step(big)


def test_a_change_takes_as_many_queries_in_a_big_case(city: SmallCity, big: Case) -> None:
    registrar = city.people["registrator"]

    def queries() -> list[int]:
        counts = []
        for change in (
            lambda: unpublish(case=big, actor=registrar),
            lambda: publish(case=big, actor=registrar),
            lambda: register_record(
                case=big, direction="in", title="Ett till", actor=registrar,
                received_date=timezone.localdate(),
            ),
        ):  # fmt: skip
            with CaptureQueriesContext(connection) as captured:
                change()
            counts.append(len(captured))
        return counts

    before = queries()
    for n in range(10):
        register_record(
            case=big, direction="in", title=f"Mer {n}", received_date=timezone.localdate(),
            actor=registrar,
        )  # fmt: skip
    assert queries() == before
    assert max(before) <= MOST_QUERIES
