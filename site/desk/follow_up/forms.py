# SPDX-License-Identifier: EUPL-1.2
"""Forms of reminders, of handing a case over, and of stand-ins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Authority, Unit, User
from casework.organisation.selectors import officers_of
from casework.register.models import Case, Record
from ui.forms import Day, choose_from

ADDRESSEE = _("Välj antingen en person eller en enhet.")


def people_at(authorities: list[int]) -> QuerySet[User]:
    """Those who may be given something there: officers, and the units' people."""
    officers = Appointment.objects.in_force().filter(role=Role.OFFICER, authority__in=authorities)
    found = Q(pk__in=officers.values("user")) | Q(unit__authority__in=authorities)
    return User.objects.filter(found, is_active=True)


def units_at(authorities: list[int]) -> QuerySet[Unit]:
    """The units there are today."""
    return Unit.objects.in_force().filter(authority__in=authorities)


class OneAddressee(forms.Form):
    """A person or a unit."""

    def clean(self) -> dict[str, Any]:
        """Exactly one of them."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("user")) == bool(data.get("unit")):
            raise forms.ValidationError(ADDRESSEE)
        return data


class RemindForm(OneAddressee):
    """What to remember, when, and who."""

    day = Day(label=_("Bevaka till"), help_text=_("Till exempel 2026-11-24, 24/11 eller +14."))
    what = forms.CharField(label=_("Vad som ska göras"), max_length=200)
    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none(), required=False)
    unit = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("I stället för en person."),
    )

    def __init__(self, *args: Any, user: User, authorities: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_at(authorities) | User.objects.filter(pk=user.pk)
        choose_from(self, "user", people).initial = user.pk
        choose_from(self, "unit", units_at(authorities))


class CaseReminderForm(RemindForm):
    """A reminder in one case, perhaps about a record of it."""

    record = forms.ModelChoiceField(
        label=_("Handling"),
        queryset=Record.objects.none(),
        required=False,
        empty_label=_("Hela ärendet"),
    )

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, user=user, authorities=[case.authority_id], **kwargs)
        shown = Record.objects.shown_to(user).filter(case=case, is_internal=True, voided_at=None)
        choose_from(self, "record", shown.order_by("-entry__record_number"))


class MoveForm(forms.Form):
    """Another day."""

    day = Day(label=_("Bevaka till"), help_text=_("Till exempel 2026-11-24, 24/11 eller +14."))


class HandOverForm(OneAddressee):
    """To whom, with a line."""

    user = forms.ModelChoiceField(
        label=_("Handläggare"), queryset=User.objects.none(), required=False
    )
    unit = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("I stället för en person."),
    )
    note = forms.CharField(
        label=_("Rad till mottagaren"),
        max_length=300,
        required=False,
        help_text=_("Står i mottagarens Att göra och i ärendets händelser, aldrig i ett mejl."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authority: Authority = case.authority
        choose_from(self, "user", officers_of(authority).exclude(pk=case.officer_id or 0))
        choose_from(self, "unit", units_at([authority.pk]))


class StandInForm(forms.Form):
    """Who stands in, and when."""

    absent = forms.ModelChoiceField(label=_("Den som är borta"), queryset=User.objects.none())
    substitute = forms.ModelChoiceField(label=_("Ersättare"), queryset=User.objects.none())
    valid_from = Day(label=_("Från och med"))
    valid_until = Day(
        label=_("Till och med"), required=False, help_text=_("Tomt gäller tills vidare.")
    )

    def __init__(self, *args: Any, user: User, every: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, appointments__isnull=False).distinct()
        choose_from(self, "substitute", people if every else people.exclude(pk=user.pk))
        self.fields["valid_from"].initial = timezone.localdate()
        if every:
            choose_from(self, "absent", people)
        else:
            del self.fields["absent"]
