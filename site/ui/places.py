# SPDX-License-Identifier: EUPL-1.2
"""A person's place in a list, kept on the pages of what the list holds.

A notion with a list of cases registers it in its ``places.py``, which is read at start::

    register_list("arenden", CasesListed)

The links of its rows carry the list in their address (:func:`address_in`), so the page of the case
can say "3 av 41", lead to the next and the previous, and back to the same row. The address holds
the question and no keys of rows: what the person may not see has no place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from casework.register.models import Case
from ui.links import url_for

PARAMETER = "lista"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands in a list.

    Attributes:
        label: the list's name.
        back: the address of the list with the case's row.
        position: the case's number in the list, none where it is there no more.
        total: how many there are, as far as the list counts.
        is_full: whether there may be more than are counted.
        previous: the case before, if any.
        next: the case after, if any.
    """

    label: str
    back: str
    position: int | None
    total: int
    is_full: bool
    previous: Case | None
    next: Case | None
    value: str = ""

    @property
    def previous_url(self) -> str:
        """The address of the one before."""
        return address_of(self.previous, self.value) if self.previous else ""

    @property
    def next_url(self) -> str:
        """The address of the one after."""
        return address_of(self.next, self.value) if self.next else ""


class Listed(Protocol):
    """A list of cases, as a question asks for it."""

    def __init__(self, request: HttpRequest, query: QueryDict) -> None: ...

    def place_of(self, case: Case) -> Place | None:
        """Where the case stands."""

    def keys(self, most: int) -> list[tuple[int, str]]:
        """The keys of its cases and their versions, at most so many."""


_LISTS: dict[str, type[Listed]] = {}


def register_list(name: str, listed: type[Listed]) -> None:
    """Add a list.

    Raises:
        ValueError: the name is taken.
    """
    if name in _LISTS:
        raise ValueError(f"{name!r} is a list already")
    _LISTS[name] = listed


def value_of(name: str, query: str = "") -> str:
    """What an address says of the list that it was reached from."""
    return f"{name}?{query}" if query else name


def address_of(case: Case, value: str) -> str:
    """The address of a case reached from a list."""
    return f"{url_for(case, 'desk')}?{urlencode({PARAMETER: value})}"


def address_in(case: Case, name: str, query: str = "") -> str:
    """As :func:`address_of`, for a list by its name and question."""
    return address_of(case, value_of(name, query))


def listed(request: HttpRequest, value: str) -> Listed | None:
    """The list that an address names."""
    name, _mark, query = value[:LONGEST].partition("?")
    kind = _LISTS.get(name)
    return kind(request, QueryDict(query)) if kind is not None else None


def place_of(request: HttpRequest, case: Case) -> Place | None:
    """Where the case stands in the list that the address names, if it names one."""
    value = request.GET.get(PARAMETER, "")[:LONGEST]
    found = listed(request, value) if value else None
    return found.place_of(case) if found is not None else None
