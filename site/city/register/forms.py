# SPDX-License-Identifier: EUPL-1.2
"""Forms of the public pages: none asks for more than it needs."""

from __future__ import annotations

from typing import Any

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
            "E-post, postadress eller inget alls. Lämnar du fältet tomt kan du i stället läsa "
            "handlingen hos registratorn."
        ),
    )


class DiaryFilter(forms.Form):
    """Narrow the diary by year and kind; bad values are simply no filter."""

    ar = forms.IntegerField(required=False, min_value=1900, max_value=2999)
    typ = forms.CharField(required=False, max_length=20)
    sida = forms.CharField(required=False)

    def chosen(self) -> dict[str, Any]:
        """The values that make sense."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}
