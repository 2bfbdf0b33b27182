# SPDX-License-Identifier: EUPL-1.2
"""The forms about an initiative at the desk, beside its own questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import FollowerRole
from casework.initiatives.models import Initiative
from casework.organisation.models import User
from ui.forms import Prose


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


class JoinForm(forms.Form):
    """Which initiative goes on instead, and why."""

    into = forms.ModelChoiceField(
        label=_("Fortsätter i"),
        queryset=Initiative.objects.none(),
        help_text=_("Alla som skrev eller följer det här initiativet följer det andra."),
        error_messages={"required": _("Välj det initiativ som fortsätter.")},
    )
    reason = Prose(
        label=_("Skäl"),
        help_text=_("Visas för förslagsställaren."),
        error_messages={"required": _("Skriv skälet.")},
    )

    def __init__(self, *args: Any, initiatives: QuerySet[Initiative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = initiatives


class FollowForm(forms.Form):
    """Who follows, and as what."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.filter(is_active=True))
    role = forms.ChoiceField(
        label=_("Som"),
        choices=[c for c in FollowerRole.choices if c[0] != FollowerRole.ORIGINATOR],
    )
