# SPDX-License-Identifier: EUPL-1.2
"""The rows of an order, as far as the registrar who looks may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.disclosure.models import DisclosureItem, DisclosureRequest
from casework.disclosure.permissions import may_review
from casework.organisation.models import User
from casework.register.models import Record


@dataclass(frozen=True, slots=True)
class Row:
    """One record of an order.

    Attributes:
        record: as the person is shown it; none where it is another authority's.
        what: its number, or that it is somebody else's to try.
        may: whether the person may decide of it.
    """

    item: DisclosureItem
    record: Record | None
    what: str
    may: bool


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
    found = []
    for item in items:
        record = shown.get(item.record_id or 0)
        hidden = item.record_id is not None and record is None
        what = _("En handling som prövas av en annan registrator") if hidden else str(item)
        found.append(Row(item, record, what, not hidden and may_review(user, item)))
    return found
