# SPDX-License-Identifier: EUPL-1.2
"""Who shall have a letter: an officer or a unit, in one field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from casework.organisation.models import Unit, User
from casework.organisation.selectors import officers_of


class Holder(TypedDict):
    """Who has a case; one of the two, or nobody yet."""

    officer: User | None
    unit: Unit | None


def who_may_have(authorities: Sequence[int]) -> list[Any]:
    """Units and officers of the authorities, told apart by the first letter of the value."""
    units = Unit.objects.in_force().filter(authority__in=authorities)
    officers = officers_of(authorities[0]) if authorities else User.objects.none()
    # Both by one query: the field stands on pages whose queries are counted.
    rows = (
        units.order_by()
        .annotate(kind=Value("u"), words=F("name"))
        .values_list("kind", "pk", "words")
        .union(
            officers.order_by()
            .annotate(kind=Value("h"), words=Concat("first_name", Value(" "), "last_name"))
            .values_list("kind", "pk", "words")
        )
    )
    found = sorted(rows, key=lambda row: str(row[2]))
    return [
        ("", _("Fördelas senare")),
        (_("Enheter"), [(f"u{pk}", words) for kind, pk, words in found if kind == "u"]),
        (_("Handläggare"), [(f"h{pk}", words) for kind, pk, words in found if kind == "h"]),
    ]


def holder_of(value: str) -> Holder:
    """The officer or the unit that a choice stands for; the field has checked that it is one."""
    return {
        "officer": User.objects.get(pk=value[1:]) if value.startswith("h") else None,
        "unit": Unit.objects.get(pk=value[1:]) if value.startswith("u") else None,
    }
