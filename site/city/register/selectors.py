# SPDX-License-Identifier: EUPL-1.2
"""The public diary searched and narrowed, in its own table alone."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, Min, QuerySet
from django.utils.functional import cached_property

from casework.register.models import PublicCase
from casework.register.numbers import parse_lenient
from casework.register.services.projections import public_numbers
from ui.public_diary import public_cases

MOST = 10_000
"""So many are counted and paged through; who seeks older ones narrows the diary."""


class DiaryPaginator(Paginator):
    """Pages of the newest; counting all of a big diary would cost more than the page itself."""

    @cached_property
    def count(self) -> int:
        """How many there are, at most :data:`MOST`."""
        counted: int = self.object_list.order_by().values("pk")[:MOST].count()  # type: ignore[attr-defined]
        return counted

    @property
    def is_full(self) -> bool:
        """Whether there may be more than are counted."""
        return self.count == MOST


def public_years() -> list[int]:
    """The years from the first published case to the last, the newest first."""
    found = (
        public_cases().order_by().aggregate(first=Min("received_date"), last=Max("received_date"))
    )
    if found["first"] is None:
        return []
    return list(range(found["last"].year, found["first"].year - 1, -1))


def diary_rows(chosen: dict[str, Any]) -> QuerySet[PublicCase]:
    """The published cases that all filters let through, the newest first.

    Args:
        chosen: the values of the filter form that make sense.
    """
    rows = public_cases().order_by("-received_date", "-case_id")
    if year := chosen.get("ar"):
        rows = rows.filter(received_date__year=year)
    if first := chosen.get("fran"):
        rows = rows.filter(received_date__gte=first)
    if last := chosen.get("till"):
        rows = rows.filter(received_date__lte=last)
    if kind := chosen.get("typ"):
        rows = rows.filter(case_type=kind)
    if area := chosen.get("omrade"):
        rows = rows.filter(service_area=area)
    if outcome := chosen.get("utfall"):
        rows = rows.filter(outcome=outcome)
    if state := chosen.get("lage"):
        rows = rows.filter(closed_on__isnull=state == "oppet")
    return _searched(rows, chosen["q"]) if chosen.get("q") else rows


def _searched(rows: QuerySet[PublicCase], text: str) -> QuerySet[PublicCase]:
    """A number in any spelling, else all the words of the public title.

    A number is looked for among those that are public: that of a secret case which was merged
    into a published one finds nothing.
    """
    words = rows
    for word in text.casefold().split():
        words = words.filter(words__contains=word)
    readings = parse_lenient(text)
    if not readings:
        return words
    numbers = public_numbers().order_by()
    # Asked for first, by their index: as a part of the search they would be asked of every case.
    for wanted in (
        {"key__in": [reading.key for reading in readings]},
        {"loose_key__in": [reading.loose_key for reading in readings]},
    ):
        found = rows.filter(pk__in=list(numbers.filter(**wanted).values_list("case", flat=True)))
        if found.exists():
            return found
    return words
