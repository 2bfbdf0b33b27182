# SPDX-License-Identifier: EUPL-1.2
"""All that a letter's form lets one choose among, by one query: its page's queries are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Value

from casework.register.models import ClassCode, NumberSeries, SecrecyProvision
from ui.who import grouped, who_may_have

Row = tuple[str, int, str, str, int]


@dataclass
class LetterChoices:
    """What is in force today, for letters to some authorities; read when it is first asked for."""

    authorities: Sequence[int]

    @cached_property
    def _rows(self) -> list[Row]:
        series = NumberSeries.objects.filter(is_historic=False)
        holders = who_may_have(self.authorities)
        parts = [
            *(rows.annotate(code=Value(""), of=Value(0)) for rows in holders),
            _terms("c", ClassCode),
            _terms("p", SecrecyProvision),
            series.annotate(kind=Value("s"), words=F("authority__name"), of=F("authority_id")),
        ]
        first, *others = (rows.order_by().values_list(*_COLUMNS) for rows in parts)
        return list(first.union(*others, all=True))

    def _of(self, kind: str) -> list[Row]:
        return [row for row in self._rows if row[0] == kind]

    @property
    def holders(self) -> list[Any]:
        """Units and officers, as a field of them wants its choices."""
        return grouped(row[:3] for row in self._rows)

    @property
    def classes(self) -> list[tuple[int, str]]:
        """The classes by their keys."""
        rows = sorted(self._of("c"), key=lambda row: row[3])
        return [(pk, f"{code} {words}") for _kind, pk, words, code, _of in rows]

    @property
    def provisions(self) -> list[tuple[str, str]]:
        """The provisions by their codes."""
        return sorted((code, words) for _kind, _pk, words, code, _of in self._of("p"))

    def series_of(self, authority: int) -> dict[str, str]:
        """The series in which an authority registers, by their keys."""
        rows = sorted(self._of("s"), key=lambda row: row[3])
        return {str(pk): code for _kind, pk, _words, code, of in rows if of == authority}

    def others_than(self, authority: int) -> dict[str, str]:
        """The other authorities that register, by their keys."""
        rows = sorted(self._of("s"), key=lambda row: row[2])
        return {str(of): words for _kind, _pk, words, _code, of in rows if of != authority}


_COLUMNS = ("kind", "pk", "words", "code", "of")


def _terms(kind: str, model: type[ClassCode | SecrecyProvision]) -> Any:
    rows = model.objects.in_force()
    return rows.annotate(kind=Value(kind), words=F("title"), of=Value(0))
