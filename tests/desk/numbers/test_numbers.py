# SPDX-License-Identifier: EUPL-1.2
"""Every number is accounted for on one page: counted, voided with a reason, chained, sealed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from casework.journal.models import JournalEntry
from casework.journal.seal import write_seal
from casework.register import services as register
from casework.register.audit import verify_register
from casework.register.models import DiaryEntry, NumberAudit, NumberSeries
from casework.register.number_audit import series_years
from desk.numbers import views
from tests.conftest import triggers_off
from tests.desk.counting import queries
from tests.small_city import SmallCity, letter_record


def series() -> NumberSeries:
    return NumberSeries.objects.get(code="KS")


def page(client: Client) -> str:
    answer = client.get(reverse("desk_numbers"))
    assert answer.status_code == 200
    return answer.content.decode()


def audit(client: Client) -> None:
    address = reverse("desk_audit_numbers", args=[series().pk, timezone.localdate().year])
    assert client.post(address).status_code == 302


def test_9_first_last_count_and_void_numbers_with_reason(
    registrar: Client, city: SmallCity
) -> None:
    record = letter_record(city, "Fel")
    register.void_record(
        record=record, reason="Hamnade i fel ärende.", actor=city.people["registrator"]
    )
    (row,) = [row for row in series_years(city.people["registrator"]) if row.series == series()]
    numbers = DiaryEntry.objects.filter(series=series(), record_number=0)
    assert (row.first, row.last, row.count, row.missing) == (1, numbers.count(), row.last, 0)
    # Of the cases' numbers, which are counted beside, none is void.
    assert (row.void_cases, row.void_records) == (0, 1)
    shown = page(registrar)
    assert record.dnr in shown
    assert "Hamnade i fel ärende." in shown
    assert "inte granskad här" in shown
    answer = registrar.get(reverse("desk_numbers"), {"format": "xlsx"})
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Serier", "Makulerade"]
    assert [cell.value for cell in book["Makulerade"][2]][:2] == [
        record.dnr, "Hamnade i fel ärende.",
    ]  # fmt: skip


def test_9_an_audit_is_kept_and_journalled(registrar: Client, city: SmallCity) -> None:
    audit(registrar)
    row = NumberAudit.objects.get()
    assert row.faults == []
    assert row.by == city.people["registrator"]
    assert row.head
    assert "inga fel" in page(registrar)
    assert JournalEntry.objects.get(action="register.numbers_audited").after["faults"] == 0
    assert verify_register().faults == []
    for change in ("DELETE FROM register_numberaudit", "UPDATE register_numberaudit SET year = 1"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_9_a_gap_and_a_broken_chain_are_found(registrar: Client, city: SmallCity) -> None:
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_journalentry SET reason = 'x' WHERE chain_id LIKE 'KS/%%' "
            "AND position = 2"
        )
        cursor.execute("UPDATE register_seriescounter SET last_serial = last_serial + 1")
    audit(registrar)
    faults = " ".join(NumberAudit.objects.get().faults)
    assert "nummer saknas" in faults
    assert "innehållet är ändrat" in faults
    shown = page(registrar)
    assert "nummer saknas" in shown
    assert "<strong>1</strong>" in shown


def test_9_a_long_chain_is_audited_in_the_background(
    registrar: Client, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 0)
    audit(registrar)
    assert NumberAudit.objects.count() == 1  # the tests' worker runs at once


def test_9_the_sealed_head_is_compared(
    registrar: Client, city: SmallCity, tmp_path: Path, settings: object
) -> None:
    assert "ingen sigillfil" in page(registrar)
    file = tmp_path / "seal"
    settings.SEAL_FILE = str(file)  # type: ignore[attr-defined]
    assert "inget sigill" in page(registrar)
    write_seal(file)
    assert "stämmer, 20" in page(registrar)
    letter_record(city, "Senare")
    assert "stämmer, 20" in page(registrar)
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_journalentry SET hash = 'x' WHERE chain_id LIKE 'KS/%%'")
    assert "stämmer inte" in page(registrar)


def test_9_only_registrars_and_administrators_audit(city: SmallCity) -> None:
    officer = Client()
    officer.force_login(city.people["handlaggare"])
    assert officer.get(reverse("desk_numbers")).status_code == 302
    address = reverse("desk_audit_numbers", args=[series().pk, 2026])
    assert officer.post(address).status_code == 404


def test_9_the_page_costs_the_same_for_few_and_many(registrar: Client, city: SmallCity) -> None:
    audit(registrar)
    before = queries(registrar, reverse("desk_numbers"))
    for number in range(4):
        record = letter_record(city, f"Fel {number}")
        register.void_record(record=record, reason="Fel.", actor=city.people["registrator"])
    audit(registrar)
    assert queries(registrar, reverse("desk_numbers")) == before
