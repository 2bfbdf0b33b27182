# SPDX-License-Identifier: EUPL-1.2
"""Sending a case out on remiss, or saying why not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.consultation import services as consultation
from casework.organisation.models import User
from casework.register.models import Case
from desk.consultation.forms import ConsultationForm
from ui.case_actions import CaseAction, register_case_action


def _consult(
    case: Case, *, consultees: str, deadline: Any, question: str, none_reason: str, actor: User
) -> None:
    if consultees.strip():
        if deadline is None:
            raise ValidationError({"deadline": _("Ange när svaren ska ha kommit.")})
        consultation.open_consultation(
            case, consultees.splitlines(), deadline=deadline, question=question, actor=actor
        )
    else:
        consultation.decide_against(case, reason=none_reason, actor=actor)


register_case_action(
    "remiss",
    CaseAction(
        _l("Remittera"),
        ConsultationForm,
        _consult,
        order=20,
        offered=lambda case: not hasattr(case, "consultation"),
    ),
)
