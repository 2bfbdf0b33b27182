# SPDX-License-Identifier: EUPL-1.2
"""The case list's filters, search and sorting: what a question asks for, whoever asks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django.core.paginator import Page
from django.db.models import Case as Choose
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator

from casework.organisation.models import ServiceArea, Unit, User
from casework.register.enums import CaseType, Outcome
from casework.register.models import Case
from casework.register.models.sorting import (
    ONE_TITLE,
    PUBLIC_PARTY,
    PUBLIC_TITLE,
    TWO_TITLES,
    WITH_PARTY,
)
from casework.register.numbers import parse_lenient
from casework.register.selectors import by_short_number
from ui.ordering import Ordering, Part, SortKey, count_at_most, swedish, swedish_key

MOST = 5_000
"""So many cases are counted and paged; who looks for an older one narrows the list down."""

LAST = ("year", "serial", "pk")
"""What tells two rows apart that are sorted the same."""

USUAL = "-dnr"


class CasePaginator(WagtailPaginator):
    """Pages of the newest cases; a count of all would cost more than the page itself."""

    @cached_property
    def count(self) -> int:
        """How many there are, at most :data:`MOST`."""
        return count_at_most(self.object_list, MOST)

    narrow: Callable[[QuerySet, int], QuerySet] | None = None
    """Leaves out what cannot be among the first so many rows, where indexes can tell."""

    def page(self, number: Any) -> Page:
        """A page, read as far as it is shown."""
        if self.narrow is None or not self.is_full:
            return super().page(number)  # a few thousand are sorted sooner than they are looked up
        number = self.validate_number(number)
        top = number * self.per_page
        rows = self.narrow(self.object_list, top)
        return self._get_page(rows[top - self.per_page : top], number, self)

    @property
    def is_full(self) -> bool:
        """Whether there may be more than are counted."""
        return self.count == MOST


def officers_of_visible_cases(request: HttpRequest) -> QuerySet:
    """The officers of the cases that the person may see, and of no others.

    Each is asked for one such case: that is an index and one row, where to go through all the
    cases for their officers is all the cases.
    """
    visible = Case.objects.visible_to(request.user).filter(officer=OuterRef("pk"))
    visible = visible.order_by("-entry_id")  # as the index on officer and entry
    return User.objects.annotate(seen=Subquery(visible.values("pk")[:1])).exclude(seen=None)


class CaseFilterSet(WagtailFilterSet):
    """The case list's filters."""

    year = django_filters.NumberFilter(label=_("År"))
    case_type = django_filters.ChoiceFilter(label=_("Ärendetyp"), choices=CaseType)
    service_area = django_filters.ModelChoiceFilter(
        label=_("Tjänsteområde"), queryset=ServiceArea.objects.all()
    )
    officer = django_filters.ModelChoiceFilter(
        label=_("Handläggare"),
        queryset=officers_of_visible_cases,
        null_label=_("Ingen än"),
        null_value="ingen",
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Enhet"), queryset=Unit.objects.all(), null_label=_("Ingen"), null_value="ingen"
    )
    due = django_filters.DateFilter(label=_("Svar senast"), field_name="due_on", lookup_expr="lte")
    is_open = django_filters.BooleanFilter(
        label=_("Öppet"), field_name="closed_at", lookup_expr="isnull"
    )
    is_published = django_filters.BooleanFilter(label=_("Visas i webbdiariet"))

    class Meta:
        model = Case
        fields = [
            "year", "case_type", "service_area", "officer", "unit", "due", "is_open",
            "is_published",
        ]  # fmt: skip


def _by_words(field: str, words: list[tuple[str, Any]]) -> Choose:
    """Codes in the order of their words."""
    ordered = sorted(words, key=lambda pair: swedish_key(str(pair[1])))
    whens = [When(**{field: code}, then=place) for place, (code, _word) in enumerate(ordered)]
    return Choose(*whens, default=len(ordered), output_field=IntegerField())


INSIDE, OUTSIDE = Q(is_internal=True), Q(is_internal=False)
"""Which of its two faces a row has for the person; the outer one only what is published has."""


def _by_day(field: str) -> SortKey:
    """A day that may not be set."""
    unset = Q(**{f"{field}__isnull": True})
    return SortKey((F(field),), empty=unset, parts=(Part(~unset, (F(field),)),))


def _by_face() -> dict[str, SortKey]:
    """By what the person is shown of a title and a party, of cases and records alike."""
    return {
        "title": SortKey(
            (swedish("shown_title"),),
            parts=(
                Part(ONE_TITLE, (swedish("title"),)),
                Part(TWO_TITLES & INSIDE, (swedish("title"),)),
                Part(PUBLIC_TITLE & OUTSIDE, (swedish("title_public"),)),
            ),
        ),
        "party": SortKey(
            (swedish("shown_party"),),
            empty=Q(shown_party=""),
            parts=(
                Part(WITH_PARTY & INSIDE, (swedish("party"),)),
                Part(PUBLIC_PARTY & OUTSIDE, (swedish("party_public"),)),
            ),
        ),
    }


def sort_keys() -> dict[str, SortKey]:
    """The ways to sort the list, by the names that stand in its address."""
    return {
        "dnr": SortKey(()),
        **_by_face(),
        "case_type": SortKey((_by_words("case_type", list(CaseType.choices)),)),
        "service_area": SortKey(
            (F("service_area__position"), swedish("service_area__name")),
            empty=Q(service_area=None),
        ),
        "officer": SortKey(
            (swedish("officer__last_name"), swedish("officer__first_name")), empty=Q(officer=None)
        ),
        "unit": SortKey((swedish("unit__name"),), empty=Q(unit=None)),
        "class_code": SortKey((F("class_code__code"),), empty=Q(class_code=None)),
        "due_on": _by_day("due_on"),
        "received_date": SortKey((F("received_date"),)),
        "decided_on": _by_day("decided_on"),
        "closed_at": _by_day("closed_at"),
        "outcome": SortKey((_by_words("outcome", list(Outcome.choices)),), empty=Q(outcome="")),
        "records": SortKey((F("record_count"),)),
    }


def ordering_of(asked: str | None) -> Ordering:
    """The list's ordering, as asked for or the newest number first."""
    return Ordering(sort_keys(), LAST, asked, USUAL)


def searched(rows: QuerySet, text: str, user: Any) -> QuerySet:
    """A number in any spelling, else words of the title or the party that the person is shown."""
    text = text.replace("\x00", "").strip()
    if not text:
        return rows
    short = Q(pk__in=[case.pk for case in by_short_number(user, text)])
    if parse_lenient(text):
        found: QuerySet = rows.by_number(text)  # type: ignore[attr-defined]  # the register's own
        # "KS35-1" may be of 1935 too; what nobody has is read as people say it.
        return found if found.exists() else rows.filter(short)
    words = Q()
    for word in text.split():
        words &= Q(shown_title__icontains=word) | Q(shown_party__icontains=word)
    return rows.filter(words | short)


RECORD_HEADS = {
    "nr": _("Nummer"),
    "title": _("Handling"),
    "party": _("Riktning, från eller till"),
    "received_date": _("Datum"),
}
"""By what the records of a case are sorted, in the order of the columns."""


def records_ordering(asked: str | None) -> Ordering:
    """The records' ordering, as asked for or the oldest number first."""
    keys = {
        "nr": SortKey(()),
        **_by_face(),
        "received_date": SortKey((F("received_date"),)),
    }
    return Ordering(keys, ("entry__record_number", "pk"), asked, "nr")


def records_found(rows: QuerySet, text: str) -> QuerySet:
    """The records with all of the words in number, title or party, as the person is shown them."""
    for word in text.split():
        rows = rows.filter(
            Q(shown_title__icontains=word) | Q(shown_party__icontains=word) | Q(dnr__icontains=word)
        )
    return rows
