# SPDX-License-Identifier: EUPL-1.2
"""Who sends out, notes answers, and answers (R23, R65)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.consultation.models import Consultee, ExpertRequest
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import appointments_of
from casework.register.models import Case
from casework.register.permissions import may_look_after


def may_consult(user: User, case: Case) -> bool:
    """Whether the person sends the case out, extends, closes and asks: its officer or registrar."""
    return may_look_after(user, case)


def may_answer(user: User, consultee: Consultee) -> bool:
    """Whether the person notes an answer: who handles the case, or speaks for the consultee."""
    case = consultee.consultation.case
    if may_consult(user, case):
        return True
    if not is_told(user, case):
        return False
    return consultee.administration_id is not None and any(
        row.role == Role.LIAISON and row.administration_id == consultee.administration_id
        for row in appointments_of(user)
    )


def may_answer_request(user: User, request: ExpertRequest) -> bool:
    """Whether the person answers as the expert: only the one who was asked, and is let in."""
    case = request.initiative.case
    return (
        user.is_active and request.user_id == user.pk and case is not None and is_told(user, case)
    )


def is_told(user: User, case: Case) -> bool:
    """Whether being asked tells the person of the case: of a secret one only those let in to it.

    Who is asked in a secret matter is let in first, with a reason (OSL 26:1 and the like).
    """
    return not case.is_secret or Case.objects.visible_to(user).filter(pk=case.pk).exists()


def require_handler(user: User, case: Case) -> None:
    """Raise PermissionDenied unless the person handles the case."""
    if not may_consult(user, case):
        raise PermissionDenied(_("Det får bara handläggaren och registratorn göra."))
