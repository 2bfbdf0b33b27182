# SPDX-License-Identifier: EUPL-1.2
"""Sending a case out on remiss, saying why not, and asking an expert (R23, R65, R66)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _l

from casework.consultation import services
from casework.consultation.permissions import may_consult
from casework.organisation.models import User
from casework.register.models import Case
from desk.consultation import forms
from ui.case_actions import CaseAction, of_case, register_case_action


def _consult(case: Case, form: Any, actor: User) -> None:
    services.open_consultation(
        case=case,
        consultees=form.asked(),
        question=form.cleaned_data["question"],
        deadline=form.cleaned_data["deadline"],
        actor=actor,
    )


def _none(case: Case, form: Any, actor: User) -> None:
    services.state_no_consultation(case=case, reason=form.cleaned_data["reason"], actor=actor)


def _ask(case: Case, form: Any, actor: User) -> None:
    services.ask_expert(initiative=case.initiative, actor=actor, **form.cleaned_data)


register_case_action(
    "remiss",
    CaseAction(
        _l("Remittera"),
        forms.ConsultationForm,
        _consult,
        may_consult,
        order=20,
        offered=lambda case, file: case.closed_at is None,
    ),
)
register_case_action(
    "ingen-remiss",
    CaseAction(
        _l("Ange varför ingen remiss hålls"),
        of_case(forms.NoConsultationForm),
        _none,
        may_consult,
        order=21,
        offered=lambda case, file: case.closed_at is None and not file.facts.is_settled,
    ),
)
register_case_action(
    "sakkunnig",
    CaseAction(
        _l("Fråga en sakkunnig"),
        of_case(forms.ExpertForm),
        _ask,
        may_consult,
        order=22,
        offered=lambda case, file: case.closed_at is None and file.initiative is not None,
    ),
)
