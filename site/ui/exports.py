# SPDX-License-Identifier: EUPL-1.2
"""Lists as files: what somebody wrote is never a formula in the reader's spreadsheet."""

from __future__ import annotations

from typing import Any

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: Any) -> Any:
    """The value, led by an apostrophe where a spreadsheet would take it for a formula."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


class PlainExport:
    """For an index view with an export: comma-separated files hold no formulas."""

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
        """Write a row whose texts are texts."""
        row = {field: plain_cell(value) for field, value in row_dict.items()}
        return super().write_csv_row(writer, row)  # type: ignore[misc]
