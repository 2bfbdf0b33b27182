# SPDX-License-Identifier: EUPL-1.2
"""A commit that goes with the last rows is a commit like any other."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.journal.inserting import committed_with_last, insert, send
from casework.register.models import SecrecyProvision

pytestmark = pytest.mark.django_db(transaction=True)


def keep(*codes: str, pk: int | None = None) -> None:
    insert([SecrecyProvision(pk=pk, code=code, title=code) for code in codes], keys=False)


def kept() -> set[str]:
    return set(SecrecyProvision.objects.values_list("code", flat=True)) & {"A", "B"}


def test_6_the_commit_goes_with_the_last_rows() -> None:
    """What is told after the commit finds it done; on SQLite Django commits."""
    told: list[set[str]] = []
    with CaptureQueriesContext(connection) as asked, committed_with_last():
        transaction.on_commit(lambda: told.append(kept()))
        keep("A")
        keep("B")
    assert told == [{"A", "B"}]
    if connection.vendor == "postgresql":
        (rows,) = [each["sql"] for each in asked if "INSERT" in each["sql"]]
        assert rows.endswith(";\nCOMMIT")


def test_6_rows_that_are_refused_leave_nothing_and_the_next_are_written() -> None:
    SecrecyProvision.objects.create(pk=7, code="Sju", title="Sju")
    with pytest.raises(IntegrityError), committed_with_last():  # noqa: PT012
        keep("B")
        keep("A", pk=7)
    assert kept() == set()
    with committed_with_last():
        keep("B")
    assert kept() == {"B"}


def test_6_what_points_nowhere_is_refused_at_the_commit_and_leaves_nothing() -> None:
    orphan = (
        "INSERT INTO register_casenumber (case_id, display, key, loose_key) VALUES (%s, %s, %s, %s)"
    )
    with pytest.raises(IntegrityError), committed_with_last():  # noqa: PT012
        keep("A")
        send([(orphan, [999_999, "KS 2026/1", "x", "y"])])
        keep("B")
    assert kept() == set()


def test_6_within_a_transaction_nothing_is_committed_with_the_last_rows() -> None:
    def give_up() -> None:
        with transaction.atomic():
            with committed_with_last():
                keep("A")
            assert kept() == {"A"}
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        give_up()
    assert kept() == set()
