# SPDX-License-Identifier: EUPL-1.2
"""Reading requests with rules: by the code alone, for as long as the receipt stands."""

from __future__ import annotations

from django.db import models

from casework.disclosure.models import (
    CODE_LENGTH,
    CODE_LETTERS,
    DisclosureItem,
    DisclosureRequest,
    HandedFile,
)
from casework.organisation.models import User
from casework.register.models import Case, Record
from casework.register.selectors import by_short_number, record_meant


def order_by_code(code: str) -> DisclosureRequest | None:
    """The request of a receipt; none for a code that does not exist and for one past its time."""
    if len(code) != CODE_LENGTH or not set(code) <= set(CODE_LETTERS):
        return None
    found = DisclosureRequest.objects.filter(code=code).first()
    return None if found is None or found.is_closed else found


def items_answered(request: DisclosureRequest) -> list[DisclosureItem]:
    """What was decided of each record, once the whole request is answered; else nothing."""
    if request.answered_at is None:
        return []
    rows = request.items.select_related("record__case").prefetch_related("files__source")
    return list(rows.order_by("pk"))


def handed_file(code: str, pk: int) -> HandedFile | None:
    """A file that an answered request of that code hands out, and no other."""
    request = order_by_code(code)
    if request is None or request.answered_at is None:
        return None
    rows = HandedFile.objects.select_related("item__record", "source")
    return rows.filter(item__request=request, pk=pk, handed_at__isnull=False).first()


def reviews_asked_of(user: User, case: Case | None = None) -> models.QuerySet[DisclosureItem]:
    """The records that the person was asked to try and that wait, of one case or of all.

    Only of records that the person still sees from inside.
    """
    inside = Record.objects.shown_to(user).filter(is_internal=True)
    rows = DisclosureItem.objects.filter(
        asked=user, outcome="", request__answered_at=None, record__in=inside.values("pk")
    )
    if case is not None:
        rows = rows.filter(record__case=case)
    return rows.select_related("record__case", "request").order_by("request__requested_at", "pk")


def records_named(user: User, number: str) -> models.QuerySet[Record]:
    """The records that a number may mean, of those that the person is shown from inside.

    That of a case means all its records that are not voided, that of a record the record alone.
    """
    inside = Record.objects.shown_to(user).filter(is_internal=True).select_related("case")
    if "\x00" in number or not number.strip():
        return inside.none()
    exact = inside.filter(dnr__iexact=number.strip())
    if exact.exists():
        return exact
    cases = list(cases_named(user, number))
    named = [record_meant(user, case, number) for case in cases]
    if found := [record.pk for record in named if record is not None]:
        return inside.filter(pk__in=found)
    rows = inside.filter(case__in=cases, voided_at=None)
    return rows.order_by("case", "entry__record_number")


def cases_named(user: User, number: str) -> models.QuerySet[Case]:
    """The cases that a number may mean, of those that the person sees; ``35`` is of one's own."""
    visible = Case.objects.visible_to(user)
    found = visible.by_number(number)
    if found.exists():
        return found
    return visible.filter(pk__in=[case.pk for case in by_short_number(user, number)])
