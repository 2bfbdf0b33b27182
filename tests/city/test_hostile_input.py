# SPDX-License-Identifier: EUPL-1.2
"""What strangers type and post (issue 7: M11 and the 500s of the audit)."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from casework.disclosure.models import DisclosureRequest
from casework.journal.models import JournalEntry
from city.disclosure.views import ORDERS_PER_MINUTE
from docgen.services.returns import _is_number
from tests.small_city import SmallCity
from ui.exports import PlainExport, plain_cell


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


@pytest.mark.parametrize(
    "address",
    [
        "/arende/%00/",
        "/arende/ks-2026-1%00/",
        "/initiativ/99999999999999999999/",
        "/tidigare-beslut/99999999999999999999/",
        "/sok/?q=%00",
        "/sok/?q=a&sida=99999999999999999999",
        "/diarium/?ar=99999999999999999999",
        "/diarium/?sida=%00",
        "/bestall/?nr=%00",
    ],
)
def test_odd_addresses_give_no_500(client: Client, city: SmallCity, address: str) -> None:
    client.force_login(city.people["larare"])
    assert client.get(address).status_code in {200, 400, 404, 503}


def test_m11_a_flood_of_orders_is_stopped_and_nobody_is_known(
    client: Client, city: SmallCity
) -> None:
    entries = JournalEntry.objects.count()
    for number in range(ORDERS_PER_MINUTE):
        assert client.post("/bestall/", {"text": f"Beslut {number}"}).status_code == 302
    full = client.post("/bestall/", {"text": "En till"}, REMOTE_ADDR="198.51.100.7")
    assert full.status_code == 429
    assert "Det du har skrivit står kvar" in full.content.decode()
    assert "En till" in full.content.decode()
    assert DisclosureRequest.objects.filter(text="En till").count() == 0
    assert DisclosureRequest.objects.count() >= ORDERS_PER_MINUTE
    assert JournalEntry.objects.count() <= entries + ORDERS_PER_MINUTE


def test_m11_fault_reports_are_limited_too(client: Client, city: SmallCity) -> None:
    statuses = [
        client.post("/tillganglighet/", {"text": f"Sidan går inte att läsa, {number}"}).status_code
        for number in range(12)
    ]
    assert statuses == [302] * 10 + [429] * 2


def test_a_list_as_a_file_holds_no_formula() -> None:
    class Written:
        def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
            return writer.writerow(row_dict.values())

    class Export(PlainExport, Written):
        pass

    out = io.StringIO()
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "vanlig", 7, None]
    Export().write_csv_row(csv.writer(out), {str(n): cell for n, cell in enumerate(cells)})
    row = next(csv.reader(io.StringIO(out.getvalue())))
    assert row == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "vanlig", "7", ""]
    assert plain_cell("KS 2026/1") == "KS 2026/1"


@pytest.mark.parametrize("text", ["²", "١", "9" * 30, "-1", "", "1.0"])
def test_a_files_claim_that_is_no_number_is_none(text: str) -> None:
    assert not _is_number(text)
    assert _is_number("12")
