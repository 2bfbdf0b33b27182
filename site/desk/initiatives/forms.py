# SPDX-License-Identifier: EUPL-1.2
"""The forms about an initiative at the desk, beside its own questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import FollowerRole
from casework.organisation.models import User


class ForSomebodyForm(forms.Form):
    """Whose idea it is that the contact person writes down."""

    originator = forms.ModelChoiceField(
        label=_("Förslagsställare"),
        queryset=User.objects.none(),
        help_text=_("Personen äger initiativet, ser det och får veta hur det går."),
        error_messages={"required": _("Välj vems idé det är.")},
    )

    def __init__(self, *args: Any, administrations: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["originator"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(
            is_active=True, administration__in=list(administrations)
        ).order_by("last_name", "first_name", "pk")


class FollowForm(forms.Form):
    """Who follows, and as what."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.filter(is_active=True))
    role = forms.ChoiceField(
        label=_("Som"),
        choices=[c for c in FollowerRole.choices if c[0] != FollowerRole.ORIGINATOR],
    )
