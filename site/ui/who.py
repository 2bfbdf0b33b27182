# SPDX-License-Identifier: EUPL-1.2
"""Who shall have a letter: an officer or a unit, in one field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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

    def offer(
        self, authorities: Sequence[int], found: Callable[[], list[Any]] | None = None
    ) -> None:
        """Let it offer those of the authorities; officers of the first.

        Args:
            found: reads them, for a page that reads them with more.
        """
        self.authorities = authorities
        # A widget reads its choices more than once.
        self.choices = cache(found or (lambda: _who_may_have(authorities)))

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
    # Both by one query: the field stands on pages whose queries are counted.
    units, officers = (
        rows.order_by().values_list("kind", "pk", "words") for rows in who_may_have(authorities)
    )
    return grouped(units.union(officers))


def who_may_have(authorities: Sequence[int]) -> tuple[Any, Any]:
    """Units and officers of the authorities, each with the letter of its kind and its words."""
    name = Concat("first_name", Value(" "), "last_name")
    return (
        _units(authorities).annotate(kind=Value("u"), words=F("name")),
        _officers(authorities).annotate(kind=Value("h"), words=name),
    )


def grouped(rows: Iterable[tuple[str, int, str]]) -> list[Any]:
    """The field's choices, told apart by the first letter of the value."""
    found = sorted(rows, key=lambda row: str(row[2]))
    return [
        ("", _("Fördelas senare")),
        (_("Enheter"), [(f"u{pk}", words) for kind, pk, words in found if kind == "u"]),
        (_("Handläggare"), [(f"h{pk}", words) for kind, pk, words in found if kind == "h"]),
    ]
