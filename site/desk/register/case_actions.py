# SPDX-License-Identifier: EUPL-1.2
"""What a registrar or officer does with a case: who, when, with which form and service."""

from __future__ import annotations

from django.forms import Form
from django.utils.translation import gettext_lazy as _l

from casework.organisation.models import User
from casework.register import services
from casework.register.models import Case
from desk.register import forms
from ui import forms as kit
from ui.case_actions import CaseAction, register_case_action


def _correct_title(case: Case, *, value: str, reason: str, actor: User) -> None:
    services.correct(case, "title", value, reason=reason, actor=actor)


ACTIONS = {
    "handlaggare": CaseAction(
        _l("Ange handläggare"),
        forms.OfficerForm,
        services.assign_officer,
        order=10,
        needs_case=True,
    ),
    "publicera": CaseAction(
        _l("Publicera i webbdiariet"),
        forms.PublishForm,
        services.publish,
        order=30,
        officer_may=False,
        offered=lambda case: not case.is_secret and not case.is_published,
        needs_case=True,
    ),
    "avpublicera": CaseAction(
        _l("Ta bort från webbdiariet"),
        Form,
        services.unpublish,
        order=40,
        officer_may=False,
        offered=lambda case: case.is_published,
    ),
    "koppla": CaseAction(
        _l("Koppla till ett annat ärende"), forms.LinkForm, services.link_cases, order=50
    ),
    "ratta": CaseAction(
        _l("Rätta ärendemeningen"),
        forms.CorrectTitleForm,
        _correct_title,
        order=60,
        officer_may=False,
        needs_case=True,
    ),
    "behorighet": CaseAction(
        _l("Ge en person behörighet"), forms.GrantForm, services.grant_access, order=70
    ),
    "sekretess": CaseAction(
        _l("Sekretessmarkera"),
        forms.SecrecyForm,
        services.mark_secret,
        order=80,
        offered=lambda case: not case.is_secret,
    ),
    "havsekretess": CaseAction(
        _l("Ta bort sekretessmarkeringen"),
        kit.PlainReasonForm,
        services.lift_secrecy,
        order=90,
        officer_may=False,
        offered=lambda case: case.is_secret,
    ),
    "avsluta": CaseAction(
        _l("Avsluta ärendet"),
        forms.CloseForm,
        services.close_case,
        order=100,
        offered=lambda case: case.closed_at is None and not hasattr(case, "initiative"),
    ),
    "oppna": CaseAction(
        _l("Öppna ärendet igen"),
        kit.PlainReasonForm,
        services.reopen_case,
        order=110,
        officer_may=False,
        offered=lambda case: case.closed_at is not None and not hasattr(case, "initiative"),
    ),
}


for _name, _action in ACTIONS.items():
    register_case_action(_name, _action)
