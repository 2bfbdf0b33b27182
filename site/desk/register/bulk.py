# SPDX-License-Identifier: EUPL-1.2
"""What a registrar or officer does with many cases of the list at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.archive.services import close
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Unit, User
from casework.register import services
from casework.register.models import Case
from casework.register.selectors import own_authorities
from desk.register.forms import ENDINGS
from ui.bulk import CaseBulkAction
from ui.forms import Day, choose_from


class AssignForm(forms.Form):
    """An officer or a unit of one's own authorities, and a line to them."""

    officer = forms.ModelChoiceField(
        label=_l("Handläggare"), queryset=User.objects.none(), required=False
    )
    unit = forms.ModelChoiceField(
        label=_l("eller enhet"), queryset=Unit.objects.none(), required=False
    )
    note = forms.CharField(label=_l("Rad till mottagaren"), max_length=300, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Appointment.objects.in_force().filter(
            role=Role.OFFICER, authority__in=own_authorities(user)
        )
        choose_from(
            self, "officer", User.objects.filter(pk__in=found.values("user"), is_active=True)
        )
        choose_from(
            self, "unit", Unit.objects.in_force().filter(authority__in=own_authorities(user))
        )

    def clean(self) -> dict[str, Any]:
        """Exactly one of them."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("officer")) == bool(data.get("unit")):
            raise forms.ValidationError(_("Välj antingen en handläggare eller en enhet."))
        return data


class Assign(CaseBulkAction):
    """Give them to an officer or a unit."""

    display_name = _l("Fördela")
    action_type = "handlaggare"
    aria_label = _l("Ge de valda ärendena en handläggare eller en enhet")
    action_priority = 10
    form_class = AssignForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers those whom the person can choose."""
        return super().get_form_kwargs() | {"user": self.user}

    def service(self, form: Any) -> Callable[[Case], object]:
        """The register's own."""
        data, actor = form.cleaned_data, self.user
        officer, unit, note = data["officer"], data["unit"], data["note"]
        if unit is not None:
            return lambda case: services.assign_unit(case=case, unit=unit, note=note, actor=actor)
        return lambda case: services.assign_officer(
            case=case, officer=officer, note=note, actor=actor
        )


class CloseForm(forms.Form):
    """What they came to."""

    outcome = forms.ChoiceField(label=_l("Utfall"), choices=ENDINGS)
    decided_on = Day(label=_l("Beslutsdatum"), initial=timezone.localdate)
    despite = forms.CharField(
        label=_l("Skäl att avsluta fast något saknas"),
        max_length=300,
        required=False,
        help_text=_l("Utan skäl hoppas de ärenden över där något saknas."),
    )


class Close(CaseBulkAction):
    """Close them."""

    display_name = _l("Avsluta")
    action_type = "avsluta"
    aria_label = _l("Avsluta de valda ärendena")
    action_priority = 30
    form_class = CloseForm

    def service(self, form: Any) -> Callable[[Case], object]:
        """The archive's own, for what is open; an initiative ends by its own way."""
        return partial(self._close, **form.cleaned_data)

    def _close(self, case: Case, outcome: str, decided_on: Any, despite: str) -> None:
        if case.closed_at is not None:
            raise ValidationError(_("redan avslutat"))
        if hasattr(case, "initiative"):
            raise ValidationError(_("ett initiativ avslutas på sin egen sida"))
        close(case=case, outcome=outcome, decided_on=decided_on, despite=despite, actor=self.user)


class Show(CaseBulkAction):
    """Show them in the web diary."""

    display_name = _l("Visa i webbdiariet")
    action_type = "visa"
    aria_label = _l("Visa de valda ärendena i webbdiariet")
    action_priority = 40
    intro = _l("Den offentliga ärendemeningen visas för alla. Kontrollera att den kan visas.")

    def service(self, form: Any) -> Callable[[Case], object]:
        """The register's own."""
        return self._show

    def _show(self, case: Case) -> None:
        services.publish(case=case, actor=self.user)


class Hide(CaseBulkAction):
    """Take them out of the web diary."""

    display_name = _l("Dölj i webbdiariet")
    action_type = "dolj"
    aria_label = _l("Dölj de valda ärendena i webbdiariet")
    action_priority = 50

    def service(self, form: Any) -> Callable[[Case], object]:
        """The register's own."""
        return lambda case: services.unpublish(case=case, actor=self.user)
