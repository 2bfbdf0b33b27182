# SPDX-License-Identifier: EUPL-1.2
"""The case list as a question asks for it: its rows, and a case's place among them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.register.models import Case
from casework.register.services.together import version_of
from desk.register.filters import MOST, CaseFilterSet, ordering_of, searched
from desk.register.tables import PLACE
from ui.ordering import count_at_most
from ui.places import Place, register_list, value_of

PER_PAGE = 50

CARRIED = frozenset({"q", "ordering", "urval", *CaseFilterSet.base_filters})
"""What of a list's address is its question; the rest is page and furniture."""


def question_of(query: QueryDict) -> str:
    """The question in an address, without page, empty fields and what is not of the list."""
    kept = QueryDict(mutable=True)
    for name in query:
        values = [value for value in query.getlist(name) if value]
        if name in CARRIED and values:
            kept.setlist(name, values)
    return kept.urlencode()


class CasesListed:
    """The cases that a question asks for, in its order."""

    def __init__(self, request: HttpRequest, query: QueryDict) -> None:
        self.request, self.query = request, query
        self.question = question_of(query)
        self.ordering = ordering_of(query.get("ordering"))

    def rows(self) -> QuerySet:
        """In no order yet."""
        every = Case.objects.shown_to(self.request.user)
        filters = CaseFilterSet(self.query, request=self.request)
        rows = filters.filter_queryset(every) if filters.is_valid() else every
        return searched(rows, self.query.get("q", ""), self.request.user)

    def keys(self, most: int) -> list[tuple[int, str]]:
        """The keys of its cases and their versions, in order, at most so many."""
        rows = self.ordering.sort(self.rows())[:most]
        return [(case.pk, version_of(case)) for case in rows]

    def place_of(self, case: Case) -> Place | None:
        """Where the case stands: by its place in the order, never by going through the list."""
        rows, every = self.rows(), Case.objects.shown_to(self.request.user)
        around = self.ordering.around(rows, every, case.pk)
        if around is None:
            return None
        before = around.before.count(MOST)
        total = count_at_most(rows, MOST) if before < MOST else MOST
        is_there = rows.filter(pk=case.pk).exists()
        position = before + 1 if is_there and before < MOST else None
        back = reverse("case:index")
        page = f"&p={before // PER_PAGE + 1}" if PER_PAGE <= before < MOST else ""
        return Place(
            label=_("Ärenden"),
            back=f"{back}?{self.question or 'alla=1'}{page}#rad-{case.pk}",
            position=position,
            total=total,
            is_full=total == MOST,
            previous=_case(around.before.nearest()),
            next=_case(around.after.nearest()),
            value=value_of(PLACE, self.question),
        )


def _case(pk: int | None) -> Case | None:
    return Case(pk=pk) if pk is not None else None


register_list(PLACE, CasesListed)
