# SPDX-License-Identifier: EUPL-1.2
"""The forms of a consultation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ui.forms import (
    Day,
    Prose,
)


class ConsultationForm(forms.Form):
    """A consultation, or why none is held (R65)."""

    consultees = Prose(
        label=_("Remissinstanser"),
        required=False,
        help_text=_("En per rad. Lämna tomt om ingen remiss hålls."),
    )
    deadline = Day(label=_("Svar senast"), required=False)
    question = Prose(label=_("Fråga"), required=False)
    none_reason = Prose(
        label=_("Varför ingen remiss hålls"), rows=2, required=False,
        help_text=_("Skrivs ut i tjänsteutlåtandet."),
    )  # fmt: skip
