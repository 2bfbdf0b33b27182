# SPDX-License-Identifier: EUPL-1.2
"""The forms of people, bodies, areas, förvaltningar, authorities, appointments and goals."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.initiatives.models import Goal
from casework.organisation.enums import SCOPE_OF_ROLE, BodyKind, Role, Scope
from casework.organisation.models import (
    Administration,
    Appointment,
    Authority,
    Body,
    ServiceArea,
    Unit,
    User,
)
from casework.organisation.selectors import holders_of
from casework.organisation.services.people import PERSON_FIELDS
from ui.forms import Day, choose_from


class PersonForm(forms.ModelForm):
    """A person: name, förvaltning, title, how to reach them, and whether the account is open."""

    class Meta:
        model = User
        fields: tuple[str, ...] = PERSON_FIELDS
        labels = {"is_active": _("Kontot är öppet")}
        help_texts = {"is_active": _("Ett stängt konto kan inte logga in. Historiken står kvar.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = self.fields["first_name"].required = True
        choose_from(self, "administration", _still(Administration, self.instance.administration_id))
        choose_from(self, "unit", _still(Unit, self.instance.unit_id))


class NewPersonForm(PersonForm):
    """A new account."""

    password = forms.CharField(
        label=_("Första lösenord"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Lämnas tomt om staden loggar in på annat sätt."),
    )
    field_order = ("username", *PERSON_FIELDS, "password")

    class Meta(PersonForm.Meta):
        fields = ("username", *PERSON_FIELDS)

    def clean_password(self) -> str:
        """Refuse a password that is easily guessed."""
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class NamedForm(forms.ModelForm):
    """Something with a name and an address name, which is made of the name when left out."""

    slug = forms.SlugField(
        label=_("Adressnamn"),
        required=False,
        max_length=50,
        help_text=_("Står i webbadresser. Lämnas det tomt görs det av namnet."),
    )

    def clean(self) -> dict[str, Any]:
        """Make the address name; the days in order."""
        data = super().clean() or {}
        if not data.get("slug") and data.get("name"):
            data["slug"] = slugify(data["name"])[:50]
        check_period(self, data, _g("Kan inte sluta gälla innan det börjar."))
        return data


class AuthorityForm(forms.ModelForm):
    """An authority with a diary of its own (OSL 5:1)."""

    class Meta:
        model = Authority
        fields = ("name", "code", "email")


class AdministrationForm(NamedForm):
    """A förvaltning (R20)."""

    class Meta:
        model = Administration
        fields = (
            "name", "short_name", "authority", "predecessor", "slug", "valid_from", "valid_until",
        )  # fmt: skip
        field_classes = {"valid_from": Day, "valid_until": Day}


class UnitForm(forms.ModelForm):
    """An enhet of an authority."""

    class Meta:
        model = Unit
        fields = ("name", "authority", "email", "predecessor", "valid_from", "valid_until")
        field_classes = {"valid_from": Day, "valid_until": Day}

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        data = super().clean() or {}
        check_period(self, data, _g("Kan inte sluta gälla innan det börjar."))
        return data


class ServiceAreaForm(NamedForm):
    """A service area (R17)."""

    class Meta:
        model = ServiceArea
        fields = (
            "name", "description", "is_support", "position", "predecessor", "slug",
            "valid_from", "valid_until",
        )  # fmt: skip
        field_classes = {"valid_from": Day, "valid_until": Day}


class BodyForm(NamedForm):
    """A body (R7–R19). It ceases by a page of its own, since its appointments cease with it."""

    class Meta:
        model = Body
        fields = (
            "kind", "name", "authority", "service_area", "predecessor", "slug", "valid_from",
        )  # fmt: skip
        field_classes = {"valid_from": Day}
        help_texts = {"service_area": _("Bara för en tjänsteområdesgrupp.")}

    def clean(self) -> dict[str, Any]:
        """A group has an area, nothing else has."""
        data = super().clean()
        is_group = data.get("kind") == BodyKind.SERVICE_AREA_GROUP
        if is_group and not data.get("service_area"):
            self.add_error("service_area", _g("Välj gruppens tjänsteområde."))
        elif data.get("kind") and not is_group and data.get("service_area"):
            self.add_error(
                "service_area",
                _g("Bara en tjänsteområdesgrupp hör till ett område. Lämna fältet tomt."),
            )
        return data


class GoalForm(forms.ModelForm):
    """One of the city's goals (R50)."""

    class Meta:
        model = Goal
        fields = ("code", "title", "valid_from", "valid_until")
        field_classes = {"valid_from": Day, "valid_until": Day}

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        data = super().clean() or {}
        check_period(self, data, _g("Kan inte sluta gälla innan det börjar."))
        return data


class ChangeAppointmentForm(forms.ModelForm):
    """What can be changed of an appointment; another person, role or place is another one."""

    class Meta:
        model = Appointment
        fields: tuple[str, ...] = (
            "expertise",
            "appointer",
            "reference",
            "valid_from",
            "valid_until",
        )
        field_classes = {"valid_from": Day, "valid_until": Day}
        help_texts = {
            "appointer": _(
                "Till grupperna och utvecklingsrådet utser stadsdirektören, till utskottet "
                "utvecklingsrådets ordförande."
            ),
            "valid_until": _("Lämnas tomt när uppdraget gäller tills vidare."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appoints = holders_of(Role.CITY_MANAGER) | holders_of(Role.COUNCIL_CHAIR)
        if self.instance.appointer_id:
            appoints = appoints | User.objects.filter(pk=self.instance.appointer_id)
        choose_from(self, "appointer", appoints.distinct())

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        data = super().clean() or {}
        check_period(self, data, _g("Uppdraget kan inte sluta innan det börjar."))
        return data


class AppointmentForm(ChangeAppointmentForm):
    """A new appointment (R11)."""

    class Meta(ChangeAppointmentForm.Meta):
        fields = (
            "user", "role", "body", "administration", "authority", "expertise", "appointer",
            "reference", "valid_from", "valid_until",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "user", User.objects.filter(is_active=True))
        choose_from(self, "body", _still(Body))
        choose_from(self, "administration", _still(Administration))

    def clean(self) -> dict[str, Any]:
        """The role says what it belongs to; the others stay empty."""
        data = super().clean()
        if not data.get("role"):
            return data
        wanted = SCOPE_OF_ROLE[data["role"]]
        for scope in Scope:
            if scope is wanted and not data.get(scope.value) and scope.value not in self.errors:
                self.add_error(
                    scope.value,
                    _g("Den rollen hör till %(what)s. Välj en sådan.") % {"what": scope.label},
                )
            elif scope is not wanted and data.get(scope.value):
                self.add_error(
                    scope.value,
                    _g("Den rollen hör till %(what)s. Lämna det här fältet tomt.")
                    % {"what": wanted.label},
                )
        return data


class EndForm(forms.Form):
    """The last day of something."""

    on = Day(label=_("Sista dag"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Skäl"), required=False, max_length=400)


class TakeBackForm(forms.Form):
    """Why an appointment that has not begun is taken back."""

    reason = forms.CharField(label=_("Skäl"), max_length=400)


def check_period(form: forms.ModelForm, data: dict[str, Any], sentence: str) -> None:
    """Say at the field that the last day comes before the first."""
    start: dt.date | None = data.get("valid_from")
    end: dt.date | None = data.get("valid_until")
    if start and end and end < start:
        form.add_error("valid_until", sentence)


def _still(model: Any, *also: int | None) -> Any:
    """Those that have not ceased, also those that begin later; and one that is chosen already."""
    rows = model.objects.overlapping(timezone.localdate(), None)
    return rows | model.objects.filter(pk__in=[pk for pk in also if pk])
