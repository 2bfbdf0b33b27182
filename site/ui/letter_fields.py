# SPDX-License-Identifier: EUPL-1.2
"""What every form of registering asks of a letter beside what it is: its public face, its class."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.register.models import ClassCode


class Suggested(forms.TextInput):
    """A text field with what it may hold, in the browser's own list."""

    def __init__(self, list_id: str) -> None:
        super().__init__(attrs={"list": list_id, "autocomplete": "off"})


class ClassField(forms.ModelChoiceField):
    """A class that is valid today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=ClassCode.objects.none(),
            required=False,
            label=_("Klass"),
            empty_label=_("Ingen vald"),
            **kwargs,
        )


class FaceFields(forms.Form):
    """The public face of a letter, and its marking (OSL 5:2, 5:5)."""

    is_private = forms.BooleanField(
        label=_("Privatperson"),
        required=False,
        initial=True,
        help_text=_("Visas som ”Enskild” för alla utanför."),
    )
    title_public = forms.CharField(
        label=_("Offentlig ärendemening"),
        max_length=400,
        required=False,
        help_text=_("Fyll i om den vanliga inte kan visas för alla."),
    )
    party_public = forms.CharField(
        label=_("Avsändare i webbdiariet"),
        max_length=200,
        required=False,
        help_text=_("Bara om en organisation ska visas med ett annat namn."),
    )
    secrecy_provision = forms.CharField(
        label=_("Sekretessmarkering"),
        max_length=80,
        required=False,
        widget=Suggested("provisions"),
        help_text=_("Bara om den behövs, till exempel OSL 18:8."),
    )

    def public_party(self) -> str:
        """An organisation is shown by its name; a private person is not shown."""
        data = self.cleaned_data
        if data.get("is_private"):
            return ""
        return str(data.get("party_public") or data.get("party", ""))
