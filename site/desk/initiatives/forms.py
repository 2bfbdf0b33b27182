# SPDX-License-Identifier: EUPL-1.2
"""The forms about an initiative at the desk, beside its own questions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import FollowerRole
from casework.organisation.models import User


class FollowForm(forms.Form):
    """Who follows, and as what."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.filter(is_active=True))
    role = forms.ChoiceField(
        label=_("Som"),
        choices=[c for c in FollowerRole.choices if c[0] != FollowerRole.ORIGINATOR],
    )
