# SPDX-License-Identifier: EUPL-1.2
"""Sending a case out on remiss, saying why not, and asking an expert."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _l

from casework.consultation import services
from casework.consultation.permissions import may_consult
from casework.organisation.models import User
from casework.register.models import Case
from desk.consultation import forms
from ui.case_actions import CaseAction, register_case_action


def _consult(case: Case, *, actor: User, form: django_forms.Form, **data: Any) -> None:
    assert isinstance(form, forms.ConsultationForm)
    services.open_consultation(
        case=case,
        consultees=form.asked(),
        question=data["question"],
        deadline=data["deadline"],
        actor=actor,
    )


def _ask(case: Case, *, actor: User, **data: Any) -> None:
    services.ask_expert(initiative=case.initiative, actor=actor, **data)
