# SPDX-License-Identifier: EUPL-1.2
"""Who keeps the planning calendar (R22, R53)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import roles_of

PLANNERS = frozenset({Role.ADMINISTRATOR, Role.EXECUTIVE_OFFICE, Role.CITY_MANAGER})


def may_plan(user: User) -> bool:
    """Whether the person opens, changes and closes rounds."""
    return user.is_active and bool(roles_of(user) & PLANNERS)


def require_planner(user: User | None) -> None:
    """Raise PermissionDenied for others; nobody means the software itself, at set-up."""
    if user is not None and not may_plan(user):
        raise PermissionDenied(
            _("Det får bara administratören och stadsledningskontoret göra.")
        )
