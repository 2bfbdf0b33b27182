# SPDX-License-Identifier: EUPL-1.2
"""Lists as files: what somebody wrote is never a formula in the reader's spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice, zip_longest
from types import NoneType
from typing import Any

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MEASURED = 100
"""By so many rows it is told how wide a column is, headings among them."""
_WIDEST = 60
_IS_NO_TEXT = (int, float, Decimal, dt.date, dt.time, NoneType)


def plain_cell(value: Any) -> Any:
    """The value, led by an apostrophe where a spreadsheet would take it for a formula.

    What is neither number nor day is text, also a row that is called something.
    """
    if isinstance(value, _IS_NO_TEXT):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def workbook(name: str, sheets: Mapping[str, Iterable[Iterable[Any]]]) -> HttpResponse:
    """Tables as a workbook to keep.

    Args:
        name: of the file.
        sheets: the rows of each sheet, headings first, by the sheet's name.
    """
    from openpyxl import Workbook  # half a second of imports that few pages need
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title[:31])
        cells = ([plain_cell(value) for value in row] for row in rows)
        first = list(islice(cells, _MEASURED))
        for number, width in enumerate(_widths(first), start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = "A2"  # the headings stay in sight
        for row in chain(first, cells):
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    answer = HttpResponse(out.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _widths(rows: Iterable[list[Any]]) -> list[int]:
    """How many letters each column takes; a day takes ten, whatever the hour it is kept with."""
    columns = zip_longest(*rows, fillvalue="")
    return [
        min(_WIDEST, 2 + max(10 if isinstance(v, dt.date) else len(str(v)) for v in column))
        for column in columns
    ]


class PlainExport:
    """For an index view with an export: its files hold no formulas."""

    def generate_xlsx_row(
        self, worksheet: Any, row_dict: dict[str, Any], date_format: str | None = None
    ) -> Any:
        """Cells whose texts are texts."""
        row = {field: plain_cell(value) for field, value in row_dict.items()}
        return super().generate_xlsx_row(worksheet, row, date_format)  # type: ignore[misc]

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
        """Write a row whose texts are texts."""
        row = {field: plain_cell(value) for field, value in row_dict.items()}
        return super().write_csv_row(writer, row)  # type: ignore[misc]
