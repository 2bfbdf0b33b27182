# SPDX-License-Identifier: EUPL-1.2
"""The form of an order: it asks for no more than it needs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OrderForm(forms.Form):
    """Order a public record. Nobody must say who they are or why they ask (TF 2:18)."""

    number = forms.CharField(
        label=_("Diarienummer"),
        required=False,
        max_length=70,
        help_text=_("Om du vet det, till exempel 031-3884/2007 eller KS 2008/5-3."),
    )
    text = forms.CharField(
        label=_("Vad vill du se?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Beskriv handlingen så gott du kan. Du behöver inte säga varför."),
        error_messages={"required": _("Skriv vad du vill se.")},
    )
    contact = forms.CharField(
        label=_("Vart ska vi skicka svaret?"),
        required=False,
        max_length=200,
        help_text=_(
            "E-post, postadress eller inget alls. Svaret och handlingarna kan du alltid hämta här "
            "med din kvittokod."
        ),
    )
