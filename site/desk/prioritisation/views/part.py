# SPDX-License-Identifier: EUPL-1.2
"""The part of a long list that is shown at a time, and what is to be done on the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from casework.prioritisation.rows import Row
from ui import orders


@dataclass(frozen=True, slots=True)
class Asked:
    """A part on which reasons are asked: its number, and the key of the first row."""

    number: int
    first: int


@dataclass(frozen=True, slots=True)
class Part:
    """What stands on the page of a list that is longer than one.

    Attributes:
        page: the rows that are shown.
        before, after: the others; on paper the list is whole.
        elsewhere: the rows of other parts with a reason that was typed and is not saved.
    """

    page: Page[Row]
    before: Sequence[Row]
    after: Sequence[Row]
    elsewhere: list[Row]


def part_of(
    request: HttpRequest,
    rows: Sequence[Row],
    *,
    unsaved: Collection[int] = (),
    whole: bool = False,
) -> Part:
    """The part of a list that the address asks for.

    Args:
        unsaved: the keys of the rows whose typed reason is not saved.
        whole: whether all stands on one page: what is fixed is only read.
    """
    size = max(len(rows), 1) if whole else orders.PER_PAGE
    page = Paginator(rows, size).get_page(request.GET.get("sida"))
    before, after = rows[: max(page.start_index() - 1, 0)], rows[page.end_index() :]
    elsewhere = [row for row in (*before, *after) if row.key in unsaved]
    return Part(page=page, before=before, after=after, elsewhere=elsewhere)


def asked_on(paginator: Paginator[Row], unexplained: Collection[int]) -> list[Asked]:
    """On which parts reasons are asked; nothing to tell of a list with one part.

    Args:
        unexplained: the keys of the rows that ask for a reason.
    """
    if paginator.num_pages < 2:
        return []
    first: dict[int, int] = {}
    for index, row in enumerate(paginator.object_list):
        if row.key in unexplained:
            first.setdefault(index // paginator.per_page + 1, row.key)
    return [Asked(number, key) for number, key in first.items()]
