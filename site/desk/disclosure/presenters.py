# SPDX-License-Identifier: EUPL-1.2
"""The rows of an order, as far as the registrar who looks may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.disclosure.models import DisclosureItem, DisclosureRequest
from casework.disclosure.permissions import may_review
from casework.follow_up.selectors import stand_ins_of
from casework.organisation.models import User
from casework.register.models import Record


@dataclass(frozen=True, slots=True)
class Row:
    """One record of an order.

    Attributes:
        record: as the person is shown it; none where it is another authority's.
        what: its number, or that it is somebody else's to try.
        may: whether the person may decide of it.
        away: that who is asked, or would be, is away, and who stands in.
    """

    item: DisclosureItem
    record: Record | None
    what: str
    may: bool
    away: str = ""


def rows_of(request: DisclosureRequest, user: User) -> list[Row]:
    """The records of an order; of those that the person may not see only that there are some."""
    items = list(
        request.items.select_related("record__case__officer", "asked", "reviewed_by")
        .prefetch_related("files")
        .order_by("pk")
    )
    keys = [item.record_id for item in items if item.record_id]
    rows = Record.objects.shown_to(user).filter(is_internal=True, pk__in=keys)
    shown = {row.pk: row for row in rows.select_related("case")}
    absent = stand_ins_of({key for item in items if (key := _trier(item)) is not None})
    found = []
    for item in items:
        record = shown.get(item.record_id or 0)
        hidden = item.record_id is not None and record is None
        what = _("En handling som prövas av en annan registrator") if hidden else str(item)
        may = not hidden and may_review(user, item)
        away = "" if hidden or item.is_reviewed else away_words(item, absent)
        found.append(Row(item, record, what, may, away))
    return found


def away_words(item: DisclosureItem, absent: Mapping[int, Sequence[User]]) -> str:
    """That the officer who tries the record, or may be asked to, is away; else nothing.

    Who stands in tries nothing in the officer's place, so the registrar is told what can be done.

    Args:
        absent: by key of who is away those who stand in.
    """
    by = absent.get(_trier(item) or 0)
    if not by:
        return ""
    who = item.asked or (item.record.case.officer if item.record else None)
    return _("%(who)s är borta just nu och ersätts av %(by)s. Pröva själv om det brådskar.") % {
        "who": who,
        "by": ", ".join(map(str, by)),
    }


def _trier(item: DisclosureItem) -> int | None:
    """Who was asked to try it, else the officer of its case."""
    return item.asked_id or (item.record.case.officer_id if item.record else None)
