# SPDX-License-Identifier: EUPL-1.2
"""Who may write and read reports: those who see the case and handle its authority's matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.register.models import Case

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

WRITERS = (Role.OFFICER, Role.REGISTRAR, Role.EXECUTIVE_OFFICE)


def may_write(user: User | AnonymousUser, case: Case) -> bool:
    """Whether the person writes at the case's authority today; seeing it is asked apart."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if case.officer_id == user.pk:
        return True
    return bool(
        user.appointments.in_force()
        .filter(role__in=WRITERS)
        .filter(Q(authority=case.authority_id) | Q(body__authority=case.authority_id))
        .exists()
    )


def writes_anywhere(user: User | AnonymousUser) -> bool:
    """Whether the person has a writing role at all, or a case of their own."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return bool(
        user.appointments.in_force().filter(role__in=WRITERS).exists()
        or Case.objects.filter(officer=user).exists()
    )
