# SPDX-License-Identifier: EUPL-1.2
"""Pictures of bars that the server draws: ``parts/bars.html`` shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a picture: what, how much, and its part of the longest in per cent."""

    label: str
    value: str
    part: int


def bars(rows: Sequence[tuple[str, float]]) -> list[Bar]:
    """The rows of a picture, each as a part of the longest."""
    longest = max((value for _label, value in rows), default=0) or 1
    return [
        Bar(label, f"{value:g}".replace(".", ","), round(100 * value / longest))
        for label, value in rows
    ]
