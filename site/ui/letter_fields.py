# SPDX-License-Identifier: EUPL-1.2
"""What every form of registering asks of a letter beside what it is: its public face, its class."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.register.models import ClassCode, SecrecyProvision
from ui.forms import choose_from
from ui.letter_choices import LetterChoices
from ui.who import HolderField


class Suggested(forms.TextInput):
    """A text field with what it may hold, in the browser's own list, which comes with the field.

    ``known`` gives value and label of each; a list that a script fills begins empty.
    """

    template_name = "ui/suggested.html"

    def __init__(self, known: Callable[[], Iterable[tuple[str, str]]] = tuple) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.known = known

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the list, named after the field."""
        listed = {**(attrs or {}), "list": f"{(attrs or {}).get('id', name)}-known"}
        context = super().get_context(name, value, listed)
        context["widget"]["known"] = self.known()
        return context


def _provisions() -> Iterable[tuple[str, str]]:
    """Those in force today."""
    return SecrecyProvision.objects.in_force().values_list("code", "title")


class ProvisionField(forms.CharField):
    """The provision that a marking of secrecy rests on; from the list, or another."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Sekretessmarkering"),
            max_length=80,
            required=False,
            widget=Suggested(_provisions),
            **kwargs,
        )


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


def choose_among(
    form: forms.Form, choices: LetterChoices, *, responsible: str, class_code: str, provision: str
) -> None:
    """Let the three fields of a form offer what was read together; they judge what is sent alone.

    Read only where the form is shown.
    """
    holder, classes = form.fields[responsible], form.fields[class_code]
    assert isinstance(holder, HolderField)
    assert isinstance(classes, ClassField)
    holder.offer(choices.authorities, lambda: choices.holders)
    choose_from(form, class_code, ClassCode.objects.in_force())
    classes.choices = lambda: [("", classes.empty_label), *choices.classes]
    widget = form.fields[provision].widget
    assert isinstance(widget, Suggested)
    widget.known = lambda: choices.provisions


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
    secrecy_provision = ProvisionField(help_text=_("Bara om den behövs, till exempel OSL 18:8."))

    def public_party(self) -> str:
        """An organisation is shown by its name; a private person is not shown."""
        data = self.cleaned_data
        if data.get("is_private"):
            return ""
        return str(data.get("party_public") or data.get("party", ""))
