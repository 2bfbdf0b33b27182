# SPDX-License-Identifier: EUPL-1.2
"""What the dry runs' files say, as the methods take it.

Numbers are read as they are written: 0.1 is a tenth, not the nearest binary number.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from casework.methods.apportion import PLAIN
from casework.methods.budget import Wish

Key = str | int


@dataclass(frozen=True, slots=True)
class AreaLists:
    """A file of the merge: lists and shares by area, the areas' order, the first divisor."""

    lists: Mapping[str, Sequence[Key]]
    shares: Mapping[str, Fraction]
    order: Sequence[str]
    first: Fraction


def read_json(name: str) -> Any:
    """A file's content, or that of standard input for ``-``.

    Raises:
        OSError: there is no such file.
        ValueError: it is no JSON.
    """
    text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    return json.loads(text, parse_float=Fraction)


def lists_from(told: Any) -> AreaLists:
    """The lists to merge: ``{shares: {area: number}, order: […], lists: {area: [id…]}}``.

    ``first_divisor`` may be 1 (unless told) or 1.2, the adjusted form.

    Raises:
        KeyError, TypeError, ValueError: something is missing or is not what it should be.
    """
    return AreaLists(
        lists={str(area): list(items) for area, items in told["lists"].items()},
        shares={str(area): Fraction(share) for area, share in told["shares"].items()},
        order=[str(area) for area in told["order"]],
        first=Fraction(told.get("first_divisor", PLAIN)),
    )


def wishes_from(told: Any) -> tuple[list[Wish[Key]], dict[str, int]]:
    """The list and the frames of a budget line.

    ``{frames: {name: tkr}, items: [{id, value, costs: {name: tkr}, requires: [id…],
    excludes: [id…], must: bool}…]}``, in rank order; all but id may be left out.

    Raises:
        KeyError, TypeError, ValueError: something is missing or is not what it should be.
    """
    frames = {str(name): _tkr(tkr) for name, tkr in told["frames"].items()}
    wishes = [
        Wish(
            item=row["id"],
            value=Fraction(row.get("value", 0)),
            costs={str(name): _tkr(tkr) for name, tkr in row.get("costs", {}).items()},
            requires=frozenset(row.get("requires", ())),
            excludes=frozenset(row.get("excludes", ())),
            must=bool(row.get("must", False)),
        )
        for row in told["items"]
    ]
    return wishes, frames


def _tkr(amount: Any) -> int:
    """An amount in whole thousands of kronor."""
    whole = Fraction(amount)
    if whole.denominator != 1:
        raise ValueError(f"{float(whole)} is no whole number of tkr.")
    return int(whole)
