# SPDX-License-Identifier: EUPL-1.2
"""The remisser and the experts' answers on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.consultation.permissions import may_answer, may_consult
from casework.consultation.selectors import (
    affected_not_asked,
    consultations_of,
    is_complete,
    requests_about,
)
from casework.organisation.models import User
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def has_consultation(user: User, file: CaseFile) -> bool:
    """Whether there is a remiss, or a reason for none, for those with the internal face."""
    return file.case is not None and file.is_internal and file.facts.is_settled


def consultation_context(user: User, file: CaseFile) -> dict[str, object]:
    """The questions, the consultees, and which answers this person notes."""
    case = file.case
    assert case is not None
    asked = list(consultations_of(case)) if file.facts.consultations else []
    for row in asked:
        row.case = case
    rows = [
        (row, [(consultee, may_answer(user, consultee)) for consultee in row.consultees.all()])
        for row in asked
    ]
    consults = may_consult(user, case)
    return {
        "consultations": rows,
        "none_reason": "" if asked else file.facts.no_consultation,
        "may_consult": consults,
        "not_asked": affected_not_asked(file.initiative, asked)
        if file.initiative and consults
        else [],
    }


def has_experts(user: User, file: CaseFile) -> bool:
    """Whether it is a registered initiative, for those with the internal face."""
    return file.initiative is not None and file.case is not None and file.is_internal


def experts_context(user: User, file: CaseFile) -> dict[str, object]:
    """Who was asked, what they answered, and whether both kinds have (R24)."""
    assert file.initiative is not None
    requests = list(requests_about(file.initiative)) if file.facts.experts else []
    return {
        "requests": requests,
        "is_complete": is_complete(requests),
        "may_withdraw": file.case is not None and may_consult(user, file.case),
        "user": user,
    }


register_panel(
    "case",
    Panel(
        key="consultation",
        title=_("Remiss"),
        order=70,
        shown_to=has_consultation,
        template="desk/consultation/consultation.html",
        context=consultation_context,
    ),
)
register_panel(
    "case",
    Panel(
        key="experts",
        title=_("Sakkunniga"),
        order=72,
        shown_to=has_experts,
        template="desk/consultation/experts.html",
        context=experts_context,
    ),
)
