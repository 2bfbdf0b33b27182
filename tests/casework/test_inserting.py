# SPDX-License-Identifier: EUPL-1.2
"""Rows that wait for each other go by one message, and nothing is read before it is written."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.journal.inserting import (
    in_one_message,
    insert,
    insert_together,
    keys_in,
    keys_of,
    send,
)
from casework.register.models import Case, NumberSeries, Party, RegistrationToken, SecrecyProvision
from casework.register.services import register_case, register_letter
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def provision(code: str, pk: int | None = None) -> SecrecyProvision:
    return SecrecyProvision(pk=pk, code=code, title=code)


def codes() -> set[str]:
    return set(SecrecyProvision.objects.values_list("code", flat=True))


def take_keys(count: int) -> list[int]:
    wanted = [(SecrecyProvision, count)]
    ((sql, values),) = keys_of(wanted)
    ((row,),) = send([(f"SELECT {sql}", values)])
    return keys_in(row, wanted)[0]


def test_6_what_waits_is_written_before_anything_is_read() -> None:
    first, second = take_keys(2)
    with transaction.atomic(), in_one_message():
        with CaptureQueriesContext(connection) as asked:
            insert([provision("A", first)])
            insert([provision("B", second)])
            insert([provision("C")], keys=False)
        assert len(asked) == 0
        assert {"A", "B", "C"} <= codes()
    assert SecrecyProvision.objects.get(code="B").pk == second


def test_6_what_waits_is_sent_before_what_is_sent_by_hand() -> None:
    with transaction.atomic(), in_one_message():
        insert([provision("A")], keys=False)
        asked = "SELECT count(*) FROM register_secrecyprovision WHERE code = 'A'"
        assert send([(asked, [])]) == [[(1,)]]


def test_6_a_row_that_is_there_is_left_as_it_is(city: SmallCity) -> None:
    at = {"authority": NumberSeries.objects.get(code="KS").authority}
    Party.objects.create(name="Sambandet", email="den@som.finns", **at)
    insert([Party(name="Sambandet", **at), Party(name="Ny", **at)], leaves_those_there=True)
    assert Party.objects.get(name="Sambandet").email == "den@som.finns"
    assert Party.objects.filter(name="Ny").exists()


def test_6_a_key_that_is_wanted_is_not_waited_for() -> None:
    with transaction.atomic(), in_one_message():
        insert([provision("A")], keys=False)
        (row,) = insert([provision("B")])
        assert row.pk == SecrecyProvision.objects.get(code="B").pk
    assert {"A", "B"} <= codes()


def test_6_more_values_than_one_statement_holds_are_written_in_parts() -> None:
    rows = [provision(f"Många {number}") for number in range(66_000 // 2)]
    before = SecrecyProvision.objects.count()
    insert(rows)
    assert SecrecyProvision.objects.count() == before + len(rows)
    last = SecrecyProvision.objects.get(code=rows[-1].code)
    assert (last.pk, len({row.pk for row in rows})) == (rows[-1].pk, len(rows))


@pytest.mark.parametrize("count", [2, 500])
def test_6_few_and_many_that_wait_are_written_before_the_one_with_a_wanted_key(count: int) -> None:
    with transaction.atomic(), in_one_message():
        for number in range(count):
            insert([provision(f"Väntar {number}")], keys=False)
        insert_together(
            [provision("Sist")],
            then=("UPDATE register_secrecyprovision SET title = %s WHERE code = %s", ["Två", "A"]),
        )
        assert {"Sist", *(f"Väntar {number}" for number in range(count))} <= codes()


def test_6_keys_that_were_taken_are_not_given_again() -> None:
    keys = take_keys(3)
    insert_together([provision(f"K{key}", key) for key in keys])
    assert SecrecyProvision.objects.create(code="Efter", title="Efter").pk not in keys
    assert len(set(keys)) == 3


def test_6_nothing_is_sent_of_what_is_given_up() -> None:
    def give_up() -> None:
        with transaction.atomic(), in_one_message():
            insert([provision("A")], keys=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        give_up()
    assert "A" not in codes()


def test_6_a_fault_in_a_row_is_raised_inside_its_transaction(city: SmallCity) -> None:
    assert city.letter is not None
    token = RegistrationToken.objects.create(token=uuid.uuid4(), case=city.letter)
    with pytest.raises(IntegrityError), transaction.atomic(), in_one_message():
        insert([RegistrationToken(token=token.token, case=city.letter)], keys=False)
    assert Case.objects.filter(pk=city.letter.pk).exists()


def test_6_between_a_number_and_its_commit_stands_one_statement(city: SmallCity) -> None:
    """All who want a number wait for it; on SQLite each statement is one of its own."""
    series, actor = NumberSeries.objects.get(code="KS"), city.people["registrator"]
    today = timezone.localdate()
    said: dict[str, Any] = {
        "series": series,
        "actor": actor,
        "received_date": today,
    }
    register_letter(title="Först", **said)
    for register in (register_case, register_letter):
        with CaptureQueriesContext(connection) as asked:
            register(title="Skrivelse", **said)
        sent = [row["sql"] for row in asked if "SAVEPOINT" not in row["sql"]]
        if connection.vendor == "postgresql":
            assert len(sent) == 2
            assert ";" not in sent[-1]


@pytest.mark.service("postgresql")
def test_6_the_server_keeps_compiled_what_is_said_all_day(city: SmallCity) -> None:
    series, actor = NumberSeries.objects.get(code="KS"), city.people["registrator"]
    for number in range(8):
        register_case(
            title=f"Skrivelse {number}", series=series, actor=actor,
            received_date=timezone.localdate(),
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [sql for (sql,) in cursor.fetchall() if 'INSERT INTO "register_case"' in sql]
    assert len(kept) == 1, "the same statement for each"
