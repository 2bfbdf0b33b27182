# SPDX-License-Identifier: EUPL-1.2
"""The form to report that something cannot be used."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FaultForm(forms.Form):
    """Report that something on the site cannot be used."""

    text = forms.CharField(
        label=_("Vad fungerade inte?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Berätta vad du försökte göra. Nämn gärna om du använde något hjälpmedel."),
        error_messages={"required": _("Skriv vad som inte fungerade.")},
    )
    address = forms.CharField(
        label=_("På vilken sida?"),
        required=False,
        max_length=300,
        help_text=_("Kopiera gärna sidans adress."),
    )
    contact = forms.CharField(
        label=_("Vart ska vi skicka svaret?"),
        required=False,
        max_length=200,
        help_text=_("E-post eller telefon, om du vill ha svar."),
    )
