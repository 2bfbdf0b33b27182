# SPDX-License-Identifier: EUPL-1.2
"""The forms of decisions, one per kind of transition."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import ScopeReason
from casework.process.enums import Occasion, Opinion
from ui.forms import (
    DatedReasonForm,
    ReasonForm,
)


class ScopeForm(ReasonForm):
    """Whether the model covers the initiative (R1–R4)."""

    ground = forms.ChoiceField(label=_("Grund"), choices=ScopeReason, widget=forms.RadioSelect)
    field_order = ["ground", "reason"]


class OpinionForm(DatedReasonForm):
    """An advising body's opinion."""

    opinion = forms.ChoiceField(
        label=_("Ställningstagande"), choices=Opinion, widget=forms.RadioSelect
    )
    field_order = ["opinion", "decided_on", "reason"]


class CouncilDecisionForm(DatedReasonForm):
    """Kommunfullmäktige's decision, with where it stands (R37, R38, R63)."""

    occasion = forms.ChoiceField(label=_("Beslutat i"), choices=Occasion, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Hänvisning"),
        max_length=200,
        help_text=_("Var beslutet står, till exempel ”KF 2026-11-23 § 12”."),
    )
    field_order = ["occasion", "reference", "decided_on", "amount_tkr", "reason"]


class ApproveForm(CouncilDecisionForm):
    """The decision gave it room: also the amount."""

    amount_tkr = forms.IntegerField(
        label=_("Belopp i tkr"), required=False, min_value=0, help_text=_("Tusental kronor.")
    )
