# SPDX-License-Identifier: EUPL-1.2
"""Who shall have a letter: an officer or a unit, in one field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from casework.organisation.models import Unit, User
from casework.organisation.selectors import officers_of


class Holder(TypedDict):
    """Who has a case; one of the two, or nobody yet."""

    officer: User | None
    unit: Unit | None


class HolderField(forms.ChoiceField):
    """A unit or an officer; cleaned to a :class:`Holder`.

    The list is read when it is shown, and of a form that is sent only the one that was chosen.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.authorities: Sequence[int] = ()

    def offer(self, authorities: Sequence[int]) -> None:
        """Let it offer those of the authorities; officers of the first."""
        self.authorities = authorities
        # A widget reads its choices more than once.
        self.choices = cache(lambda: _who_may_have(authorities))

    def clean(self, value: Any) -> Holder:
        """The one that was chosen, if they may have it."""
        chosen = self.to_python(value)
        found: Holder = {"officer": None, "unit": None}
        if not chosen:
            return found
        if chosen[1:].isdecimal():
            if chosen.startswith("u"):
                found["unit"] = _units(self.authorities).filter(pk=chosen[1:]).first()
            elif chosen.startswith("h"):
                found["officer"] = _officers(self.authorities).filter(pk=chosen[1:]).first()
        if found["unit"] is None and found["officer"] is None:
            raise ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": chosen}
            )
        return found


def _units(authorities: Sequence[int]) -> Any:
    return Unit.objects.in_force().filter(authority__in=authorities)


def _officers(authorities: Sequence[int]) -> Any:
    return officers_of(authorities[0]) if authorities else User.objects.none()


def _who_may_have(authorities: Sequence[int]) -> list[Any]:
    """Units and officers of the authorities, told apart by the first letter of the value."""
    # Both by one query: the field stands on pages whose queries are counted.
    rows = (
        _units(authorities)
        .order_by()
        .annotate(kind=Value("u"), words=F("name"))
        .values_list("kind", "pk", "words")
        .union(
            _officers(authorities)
            .order_by()
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
