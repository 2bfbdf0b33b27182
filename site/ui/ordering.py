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

from casework.register.models.sorting import SWEDISH

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
class Part:
    """Rows of a list that an index has in the key's order.

    Attributes:
        where: which rows; no row is in two parts of a key.
        terms: what the index sorts them by; for these rows it is what the key's terms are.
    """

    where: Q
    terms: Sequence[Combinable]


@dataclass(frozen=True, slots=True)
class SortKey:
    """One way to sort a list.

    Attributes:
        terms: what is compared, all in the direction that is asked for.
        empty: which rows have nothing to be sorted by; they come last.
        parts: the rows that are not empty, where indexes have them in order.
    """

    terms: Sequence[Combinable]
    empty: Q | None = None
    parts: Sequence[Part] = ()


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

    def first(self, rows: QuerySet, count: int) -> QuerySet:
        """The rows with all others left out that cannot be among the first so many.

        Each part gives as many of its own as are asked for, by its index, and the empty ones fill
        up what they leave; then few are left to be sorted. The same rows stand first as before.
        """
        if not self.key.parts:
            return rows
        return rows.filter(pk__in=self._candidates(rows, count, backwards=False))

    def _candidates(self, rows: QuerySet, count: int, *, backwards: bool) -> list[int]:
        """Keys of rows among which the first so many are, in this order or the other way."""
        found: list[int] = []
        empty = self.key.empty
        for parts in self._rounds(backwards=backwards):
            for where, terms in parts:
                ordered = rows.filter(where).order_by(*self._directed(terms, backwards=backwards))
                found += ordered.values_list("pk", flat=True)[:count]
            if len(found) >= count or empty is None:
                break
        return found

    def _rounds(self, *, backwards: bool) -> list[list[tuple[Q, list[Any]]]]:
        """The parts, and then the empty ones; the other way round when one goes backwards."""
        last = [F(field) for field in self._last]
        rounds = [[(part.where, [*part.terms, *last]) for part in self.key.parts]]
        if self.key.empty is not None:
            rounds.append([(self.key.empty, [*last])])
        return rounds[::-1] if backwards else rounds

    def _directed(self, terms: Sequence[Any], *, backwards: bool) -> list[Any]:
        down = self.descending != backwards
        return [term.desc() if down else term.asc() for term in terms]

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
        return Around(
            before=self._side(rows, is_empty, values, backwards=True),
            after=self._side(rows, is_empty, values, backwards=False),
        )

    def _side(self, rows: QuerySet, is_empty: bool, values: list[Any], *, backwards: bool) -> Side:
        """What is on one side of a place, also by the parts in which indexes have it."""
        beyond = self._beyond(rows, is_empty, values, backwards=backwards)
        if not self.key.parts:
            return Side(beyond)
        skipped = len(self.key.terms)
        rounds = []
        for parts in self._rounds(backwards=backwards):
            of_empty = self.key.empty is not None and parts[0][0] is self.key.empty
            if of_empty == is_empty:
                known = values[skipped:] if is_empty else values
                found = [
                    rows.filter(where, self._past(terms, known, backwards=backwards))
                    for where, terms in parts
                ]
            elif of_empty != backwards:  # all of the others stand on this side
                found = [rows.filter(where) for where, _terms in parts]
            else:
                continue
            ordered = zip(found, parts, strict=True)
            rounds.append(
                [
                    part.order_by(*self._directed(terms, backwards=backwards))
                    for part, (_where, terms) in ordered
                ]
            )
        return Side(beyond, rounds)

    def _past(self, terms: Sequence[Any], values: list[Any], *, backwards: bool) -> Func:
        """That these terms, as one, are past the values."""
        return Func(
            _Row(*terms),
            _Row(*(Value(value) for value in values)),
            template="%(expressions)s",
            arg_joiner=" < " if self.descending != backwards else " > ",
            output_field=BooleanField(),
        )

    def _flag(self) -> Any:
        if self.key.empty is None:
            return Value(0, output_field=IntegerField())
        return Choose(When(self.key.empty, then=1), default=0, output_field=IntegerField())

    def _order(self, *, backwards: bool) -> list[Any]:
        order = []
        if self.key.empty is not None:
            flag = self._flag()
            order.append(flag.desc() if backwards else flag.asc())
        return order + self._directed(self._terms, backwards=backwards)

    def _beyond(
        self, rows: QuerySet, is_empty: bool, values: list[Any], *, backwards: bool
    ) -> QuerySet:
        """The rows on one side of a place, the nearest first."""
        skipped = len(self.key.terms) if is_empty else 0
        beyond = self._past(self._terms[skipped:], values[skipped:], backwards=backwards)
        where: Any = Q(beyond)
        if self.key.empty is not None:
            if is_empty:
                where = self.key.empty & where
                where = (where | ~self.key.empty) if backwards else where
            else:
                where = ~self.key.empty & where
                where = where if backwards else (where | self.key.empty)
        return rows.filter(where).order_by(*self._order(backwards=backwards))


def count_at_most(rows: QuerySet, most: int) -> int:
    """How many rows there are, counted no further than so many.

    Neither their order nor what is shown of them is asked for: Django leaves that out of a count
    by itself only where it goes through all rows.
    """
    return rows.order_by().values("pk")[:most].count()


@dataclass(frozen=True, slots=True)
class Side:
    """The rows on one side of a place.

    Attributes:
        rows: all of them, the nearest first.
        rounds: the same in parts that indexes have in order, all of a round nearer than the next.
    """

    rows: QuerySet
    rounds: Sequence[Sequence[QuerySet]] = ()

    def nearest(self) -> Any:
        """The key of the nearest row, if there is any."""
        for parts in self.rounds:
            found = [part.values_list("pk", flat=True).first() for part in parts]
            near = [pk for pk in found if pk is not None]
            if len(near) > 1:
                return self.rows.filter(pk__in=near).values_list("pk", flat=True).first()
            if near:
                return near[0]
        return None if self.rounds else self.rows.values_list("pk", flat=True).first()

    def count(self, most: int) -> int:
        """How many there are, counted no further than so many."""
        counted = 0
        for part in [part for parts in self.rounds for part in parts] or [self.rows]:
            counted += count_at_most(part, most - counted) if counted < most else 0
        return counted


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before a place and after it."""

    before: Side
    after: Side
