# SPDX-License-Identifier: EUPL-1.2
"""The remisser and the experts' answers on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.consultation.permissions import may_answer, may_consult
from casework.consultation.selectors import (
    affected_not_asked,
    consultations_of,
    expertise_complete,
    is_settled,
    reason_for_none,
    requests_about,
)
from casework.organisation.models import User
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def has_consultation(user: User, file: CaseFile) -> bool:
    """Whether there is a remiss, or a reason for none, for those with the internal face."""
    return file.case is not None and file.is_internal and is_settled(file.case)


def consultation_context(user: User, file: CaseFile) -> dict[str, object]:
    """The questions, the consultees, and which answers this person notes."""
    case = file.case
    assert case is not None
    rows = [
        (row, [(consultee, may_answer(user, consultee)) for consultee in row.consultees.all()])
        for row in consultations_of(case)
    ]
    return {
        "consultations": rows,
        "none_reason": reason_for_none(case),
        "may_consult": may_consult(user, case),
        "not_asked": affected_not_asked(file.initiative) if file.initiative else [],
    }


def has_experts(user: User, file: CaseFile) -> bool:
    """Whether it is a registered initiative, for those with the internal face."""
    return file.initiative is not None and file.case is not None and file.is_internal


def experts_context(user: User, file: CaseFile) -> dict[str, object]:
    """Who was asked, what they answered, and whether both kinds have (R24)."""
    assert file.initiative is not None
    return {
        "requests": requests_about(file.initiative),
        "is_complete": expertise_complete(file.initiative),
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
