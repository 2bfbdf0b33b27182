# SPDX-License-Identifier: EUPL-1.2
"""Lists in the right order, and what stands before and after a row in them.

A list is sorted in Swedish (å ä ö last), with empty values last in both directions, and ends with
what makes every row's place its own, so that pages do not overlap. The same terms say what comes
next: a row value compared with another, which an index answers however long the list is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import BooleanField, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models import Case as Choose
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate

SWEDISH = "sv-x-icu"
"""The collation's name: PostgreSQL has it from ICU, SQLite is given one of the same name."""

_LETTERS = str.maketrans(
    {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "è": "e", "ü": "y", "á": "a",
     "à": "a", "ó": "o", "ñ": "n", "ç": "c", "ë": "e", "ï": "i"}
)  # fmt: skip


def swedish_key(text: str) -> tuple[str, str]:
    """By what a text is sorted: letters first whatever their case, then the text itself."""
    return text.casefold().translate(_LETTERS), text.swapcase()


def compare_in_swedish(first: str, second: str) -> int:
    """Which of two texts comes first, as SQLite asks: below, at or above zero."""
    one, other = swedish_key(first), swedish_key(second)
    return (one > other) - (one < other)


@lru_cache(maxsize=256)
def _like(pattern: str, escape: str | None) -> re.Pattern[str]:
    parts, taken = [], False
    for letter in pattern:
        if taken or letter != escape:
            wild = {"%": ".*", "_": "."}.get(letter, "") if not taken else ""
            parts.append(wild or re.escape(letter))
            taken = False
        else:
            taken = True
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def like(pattern: str | None, text: object, escape: str | None = None) -> bool | None:
    """SQL's LIKE whatever the case of the letters, å ä ö too: SQLite's own knows a to z only."""
    if pattern is None or text is None:
        return None
    return _like(str(pattern), escape).fullmatch(str(text)) is not None


def teach_swedish(sender: object, connection: Any, **kwargs: object) -> None:
    """Teach a new connection to SQLite the Swedish order, and its capitals."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SWEDISH, compare_in_swedish)
        for arguments in (2, 3):
            connection.connection.create_function("like", arguments, like, deterministic=True)


def ready() -> None:
    """Let every connection know the order; called when the application starts."""
    connection_created.connect(teach_swedish, dispatch_uid="swedish-order")


def swedish(expression: str | Combinable) -> Collate:
    """A text as it is sorted."""
    return Collate(F(expression) if isinstance(expression, str) else expression, SWEDISH)


class _Row(Func):
    """Values as one, compared from left to right."""

    template = "(%(expressions)s)"


@dataclass(frozen=True, slots=True)
class SortKey:
    """One way to sort a list.

    Attributes:
        terms: what is compared, all in the direction that is asked for.
        empty: which rows have nothing to be sorted by; they come last.
    """

    terms: Sequence[Combinable]
    empty: Q | None = None


class Ordering:
    """A list's ordering: a key, its direction, and what tells rows with the same value apart."""

    def __init__(
        self, keys: Mapping[str, SortKey], last: Sequence[str], asked: str | None, usual: str
    ) -> None:
        """Take what was asked for, or the usual where there is no such key.

        Args:
            keys: by the names that stand in addresses.
            last: fields that together are one row's own.
            asked: a name, led by a minus for descending.
            usual: as ``asked``.
        """
        name = asked if asked and asked.removeprefix("-") in keys else usual
        self.name = name
        self.descending = name.startswith("-")
        self.key = keys[name.removeprefix("-")]
        self._last = last
        self._terms: list[Any] = [*self.key.terms, *(F(field) for field in last)]

    def sort(self, rows: QuerySet) -> QuerySet:
        """The rows in this order."""
        return rows.order_by(*self._order(backwards=False))

    def around(self, rows: QuerySet, every: QuerySet, pk: int) -> Around | None:
        """What stands before and after a row, which may have left the list meanwhile.

        Args:
            rows: those of the list, in any order.
            every: rows among which the row is, whether or not it is still in the list.
            pk: of the row.
        """
        names = [f"_k{index}" for index in range(len(self._terms))]
        flag = self._flag()
        asked = every.filter(pk=pk).annotate(
            _flag=flag, **dict(zip(names, self._terms, strict=True))
        )
        found = asked.values_list("_flag", *names).first()
        if found is None:
            return None
        is_empty, values = bool(found[0]), list(found[1:])
        after = self._beyond(rows, is_empty, values, backwards=False)
        before = self._beyond(rows, is_empty, values, backwards=True)
        return Around(before=before, after=after)

    def _flag(self) -> Any:
        if self.key.empty is None:
            return Value(0, output_field=IntegerField())
        return Choose(When(self.key.empty, then=1), default=0, output_field=IntegerField())

    def _order(self, *, backwards: bool) -> list[Any]:
        order = []
        if self.key.empty is not None:
            flag = self._flag()
            order.append(flag.desc() if backwards else flag.asc())
        down = self.descending != backwards
        return order + [term.desc() if down else term.asc() for term in self._terms]

    def _beyond(
        self, rows: QuerySet, is_empty: bool, values: list[Any], *, backwards: bool
    ) -> QuerySet:
        """The rows on one side of a place, the nearest first."""
        skipped = len(self.key.terms) if is_empty else 0
        beyond = Func(
            _Row(*self._terms[skipped:]),
            _Row(*(Value(value) for value in values[skipped:])),
            template="%(expressions)s",
            arg_joiner=" < " if self.descending != backwards else " > ",
            output_field=BooleanField(),
        )
        where: Any = Q(beyond)
        if self.key.empty is not None:
            if is_empty:
                where = self.key.empty & where
                where = (where | ~self.key.empty) if backwards else where
            else:
                where = ~self.key.empty & where
                where = where if backwards else (where | self.key.empty)
        return rows.filter(where).order_by(*self._order(backwards=backwards))


@dataclass(frozen=True, slots=True)
class Around:
    """The rows before a place and after it, the nearest first."""

    before: QuerySet
    after: QuerySet
