# SPDX-License-Identifier: EUPL-1.2
"""What every field of the site says when it was left empty.

A field takes its words when its form's class is made, so this comes before any form is read: when
the applications are listed, and before their models.
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


def word_required() -> None:
    """Let a field that was left empty say what to do, in every form of the site."""
    for field, words in (
        (forms.Field, _("Fyll i det här fältet.")),
        (forms.ChoiceField, _("Välj ett alternativ.")),
        (forms.ModelChoiceField, _("Välj ett alternativ.")),
        (forms.MultipleChoiceField, _("Välj minst ett alternativ.")),
        (forms.DateField, _("Skriv en dag, till exempel 2026-11-23.")),
        (forms.FileField, _("Välj en fil.")),
        (forms.EmailField, _("Skriv en e-postadress.")),
    ):
        field.default_error_messages = {**field.default_error_messages, "required": words}
