# SPDX-License-Identifier: EUPL-1.2
"""A table that is shown as a page, printed, and kept as a workbook: made once for all three."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and where it leads on the page.

    Attributes:
        kind: a class of the page: ``dnr`` for a number of the diary, ``number`` for figures.
    """

    value: Any
    url: str = ""
    kind: str = ""

    @property
    def shown(self) -> str:
        """As the page has it."""
        if isinstance(self.value, dt.datetime):
            return f"{self.value:%Y-%m-%d}"
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its name."""

    name: str
    head: Sequence[str | Promise]
    rows: Sequence[Sequence[Cell]] = field(default_factory=list)

    def sheet(self) -> list[list[Any]]:
        """As a sheet of a workbook: the heading, then the values."""
        return [
            [str(word) for word in self.head],
            *([_plain(cell.value) for cell in row] for row in self.rows),
        ]


def _plain(value: Any) -> Any:
    """A spreadsheet knows no time zones."""
    return value.date() if isinstance(value, dt.datetime) else value
