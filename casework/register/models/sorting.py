# SPDX-License-Identifier: EUPL-1.2
"""The indexes by which the whole register is sorted, on both databases.

What is sorted by is what the person is shown, so each face has an index of its own, and no order
tells of a title that is not shown. Every one ends with what makes a row's place its own.
"""

from __future__ import annotations

from django.db.models import Index, Q
from django.db.models.functions import Collate

SWEDISH = "sv-x-icu"
"""The collation's name: PostgreSQL has it from ICU, SQLite is given one of the same name."""

ONE_TITLE = Q(title_public="")
TWO_TITLES = ~Q(title_public="")
PUBLIC_TITLE = Q(is_published=True) & TWO_TITLES
WITH_PARTY = ~Q(party="")
PUBLIC_PARTY = Q(is_published=True) & ~Q(party_public="")

_LAST = ("year", "serial", "id")


def _swedish(field: str, name: str, condition: Q) -> Index:
    return Index(Collate(field, SWEDISH), *_LAST, name=name, condition=condition)


def _day(field: str) -> Index:
    return Index(
        fields=[field, *_LAST], name=f"case_by_{field}", condition=~Q(**{f"{field}__isnull": True})
    )


SORTED = (
    _swedish("title", "case_by_title", ONE_TITLE),
    _swedish("title", "case_by_inner_title", TWO_TITLES),
    _swedish("title_public", "case_by_public_title", PUBLIC_TITLE),
    _swedish("party", "case_by_party", WITH_PARTY),
    _swedish("party_public", "case_by_public_party", PUBLIC_PARTY),
    Index(fields=["received_date", *_LAST], name="case_by_received_date"),
    _day("due_on"),
    _day("decided_on"),
    _day("closed_at"),
)
