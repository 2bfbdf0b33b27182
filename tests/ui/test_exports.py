# SPDX-License-Identifier: EUPL-1.2
"""What somebody wrote is never a formula in the reader's spreadsheet (issue 9)."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from casework.register import services as register
from casework.register.models import NumberSeries
from tests.city_with_pages import _built, city  # noqa: F401  fixtures are taken over by name
from tests.desk.walk.addresses import patterns
from tests.small_city import SmallCity, letter_record
from ui.exports import plain_cell, workbook

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
HOSTILE = '=HYPERLINK("http://wqxv.example","x")'
#: Every address that gives a list as a file, by the name of its pattern.
FILES = {
    "case:index": ("export=csv", "export=xlsx"),
    "desk_balance": ("format=xlsx",),
    "desk_incoming": ("format=xlsx",),
    "desk_numbers": ("format=xlsx",),
    "desk_post": ("format=xlsx",),
    "desk_progress": ("format=xlsx",),
    "desk_public_post": ("format=xlsx",),
    "desk_statistics": ("format=xlsx",),
    "desk_table_all": ("format=xlsx",),
    "desk_year": ("format=xlsx",),
}


@given(start=st.sampled_from(STARTS), rest=st.text(max_size=20))
def test_9_no_text_begins_as_a_formula(start: str, rest: str) -> None:
    assert plain_cell(f"{start}{rest}") == f"'{start}{rest}"


@given(text=st.text(max_size=20))
def test_9_a_text_that_is_none_stays(text: str) -> None:
    assert plain_cell(text).removeprefix("'") == text.removeprefix("'")
    assert not str(plain_cell(text)).startswith(STARTS)


class Named:
    """A row that is called something."""

    def __str__(self) -> str:
        return HOSTILE


def test_9_numbers_and_days_stay_and_things_are_told_as_texts() -> None:
    for value in (None, 0, -5, 1.5, Decimal("-2.5"), dt.date(2026, 1, 1)):
        assert plain_cell(value) is value
    assert plain_cell(Named()) == f"'{HOSTILE}"


def test_9_no_cell_of_a_workbook_is_a_formula() -> None:
    answer = workbook("x.xlsx", {"Blad": [[f"{start}1+1" for start in STARTS[:4]]]})
    cells = load_workbook(BytesIO(answer.content)).worksheets[0][1]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.value.startswith("'") for cell in cells)


def cells_of(answer: HttpResponse) -> list[Any]:
    """All cells of a file."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content[:2] == b"PK":
        return [
            cell.value
            for sheet in load_workbook(BytesIO(content)).worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
    return [cell for row in csv.reader(StringIO(content.decode())) for cell in row]


@pytest.mark.parametrize("name", sorted(FILES))
def test_9_no_export_hands_on_a_formula(city: SmallCity, name: str) -> None:  # noqa: F811
    clerk = city.people["registrator"]
    register.register_case(
        series=NumberSeries.objects.get(code="KS"), title=HOSTILE, party="@SUM(1)",
        received_date=timezone.localdate(), actor=clerk,
    )  # fmt: skip
    record = letter_record(city, HOSTILE, title_public=HOSTILE, party="+46", party_public="-1+1")
    register.void_record(record=record, reason="=1+1", actor=clerk)
    letter_record(city, HOSTILE)
    client = Client()
    client.force_login(city.people["handlaggare" if name == "desk_progress" else "registrator"])
    arguments = [city.round.slug] if name == "desk_table_all" else []
    if name == "desk_table_all":
        client.force_login(city.people["slk"])
    for query in FILES[name]:
        if name == "desk_incoming":
            query += f"&organ={city.bodies['utvecklingsradet'].pk}"
        answer: Any = client.get(f"{reverse(name, args=arguments)}?{query}")
        assert answer.status_code == 200, (name, query)
        cells = cells_of(answer)
        assert cells
        assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith(STARTS)]


def test_9_every_address_that_exports_is_tried() -> None:
    names = {name for name, _parameters in patterns()}
    assert set(FILES) <= names


def test_9_columns_are_as_wide_as_what_they_hold_and_headings_stay() -> None:
    """Every column was as narrow as a number, so that days stood as ####."""
    rows: list[list[object]] = [["Nummer", "Ärende", "Dag"]]
    rows += [[f"KS 2026/{n}", "Väg " * 40, dt.date(2026, 12, 1)] for n in range(150)]
    sheet = load_workbook(BytesIO(workbook("x.xlsx", {"Blad": rows}).content)).worksheets[0]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths == [len("KS 2026/98") + 2, 60, 12]
    assert (sheet.freeze_panes, sheet.max_row) == ("A2", 151)
    assert workbook("x.xlsx", {"Tomt": []}).status_code == 200
