# SPDX-License-Identifier: EUPL-1.2
"""Handing a case over to the authority where it belongs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.inbox import services
from casework.inbox.selectors import has_registrar
from casework.organisation.models import Authority, User
from casework.register.enums import CaseType
from casework.register.models import Case
from casework.register.permissions import is_registrar
from desk.inbox.presenters import nobody_there
from ui.case_actions import CaseAction, register_case_action
from ui.forms import Prose, choose_from


class HandOverForm(forms.Form):
    """To whom, and why."""

    authority = forms.ModelChoiceField(label=_l("Myndighet"), queryset=Authority.objects.none())
    reason = Prose(
        label=_l("Skäl"),
        rows=2,
        help_text=_l("Följer med till den andra myndighetens inkorg. Ärendet avslutas här."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "authority", Authority.objects.exclude(pk=case.authority_id))


def _hand_over(case: Case, form: Any, actor: User) -> str:
    services.hand_over_case(case=case, actor=actor, **form.cleaned_data)
    authority = form.cleaned_data["authority"]
    told = _("Det ligger nu i inkorgen hos %(authority)s.") % {"authority": authority}
    return told if has_registrar(authority) else f"{told} {nobody_there(authority)}"


register_case_action(
    "overlamna",
    CaseAction(
        _l("Lämna över till en annan myndighet"),
        HandOverForm,
        _hand_over,
        is_registrar,
        order=115,
        offered=lambda case, file: (
            case.closed_at is None and case.case_type != CaseType.INITIATIVE and not case.is_secret
        ),
    ),
)
