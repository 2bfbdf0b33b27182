# SPDX-License-Identifier: EUPL-1.2
"""The forms of the proposal's page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _l

from casework.organisation.enums import Expertise
from casework.organisation.models import User


class ParticipationForm(forms.Form):
    """An expert who took part (R24)."""

    expert = forms.ModelChoiceField(
        label=_l("Sakkunnig"), queryset=User.objects.filter(is_active=True)
    )
    expertise = forms.ChoiceField(
        label=_l("Sakkunskap"),
        choices=[(e.value, e.label) for e in Expertise if e.value],
        widget=forms.RadioSelect,
    )
