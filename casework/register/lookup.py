# SPDX-License-Identifier: EUPL-1.2
"""What carries a registry number, for those who may see everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casework.register.models import Case, EarlierDecision
from casework.register.numbers import RegistryNumber

MOST = 20


class Found(NamedTuple):
    """A case or an earlier decision that carries a number."""

    dnr: str
    title: str


def find_by_number(readings: Sequence[RegistryNumber]) -> list[Found]:
    """Return what carries one of the readings, the best reading first.

    A reading without authority, or whose authority nobody uses, is looked for by year and serial
    alone. Access is not asked: this is for operators at the command line.
    """
    found: dict[Found, None] = {}
    for reading in readings:
        exact = _carrying("key", reading.key) if reading.authority else []
        found.update(dict.fromkeys(exact or _carrying("loose_key", reading.loose_key)))
    return list(found)[:MOST]


def _carrying(field: str, value: str) -> list[Found]:
    cases = Case.objects.filter(**{f"numbers__{field}": value}).distinct().order_by("pk")
    decisions = EarlierDecision.objects.filter(**{field: value}).order_by("pk")
    return [
        *(Found(case.dnr, case.title_public or case.title) for case in cases[:MOST]),
        *(Found(decision.dnr or decision.number, decision.title) for decision in decisions[:MOST]),
    ]
