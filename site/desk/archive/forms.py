# SPDX-License-Identifier: EUPL-1.2
"""The form of a decision of disposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.archive.enums import Unregistered
from casework.organisation.models import Authority
from casework.register.enums import Retention
from casework.register.models import ClassCode
from ui.forms import Day, Prose, choose_from


class DecisionForm(forms.Form):
    """What was decided, and of which classes."""

    reference = forms.CharField(
        label=_("Beslut"), max_length=120, help_text=_("Till exempel KS 2026/12 § 4.")
    )
    authority = forms.ModelChoiceField(
        label=_("Myndighet"), queryset=Authority.objects.none(), empty_label=None
    )
    decided_on = Day(label=_("Beslutat"), initial=timezone.localdate)
    classes = forms.ModelMultipleChoiceField(
        label=_("Klasser"),
        queryset=ClassCode.objects.filter(retention=Retention.WEED),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Bara klasser som ska gallras står här. Det som bevaras kan inte väljas."),
    )
    inbox = forms.MultipleChoiceField(
        label=_("Post i inkorgen som inte hör till något ärende"),
        choices=Unregistered,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    inbox_after_months = forms.IntegerField(
        label=_("Posten gallras efter månader"),
        min_value=0,
        max_value=1200,
        required=False,
        help_text=_("Hela månader efter den månad då posten hanterades."),
    )
    note = Prose(label=_("Vad beslutet omfattar"), rows=2, required=False)

    def __init__(self, data: Any = None, *, authorities: list[int]) -> None:
        super().__init__(data)
        choose_from(self, "authority", Authority.objects.filter(pk__in=authorities))
