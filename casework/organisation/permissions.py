# SPDX-License-Identifier: EUPL-1.2
"""Who keeps the city's own data."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.organisation.enums import SEATS, Role
from casework.organisation.models import User
from casework.organisation.selectors import roles_of


def may_administer(user: User) -> bool:
    """Whether the person keeps people, bodies, areas, appointments, forms and pages."""
    return user.is_active and (Role.ADMINISTRATOR in roles_of(user))


def require_administrator(user: User | None) -> None:
    """Raise PermissionDenied for others; nobody means the software itself, at set-up."""
    if user is not None and not may_administer(user):
        raise PermissionDenied(_("Det får bara administratören göra."))


#: Those who decide, record decisions or administer.
_DECIDING = SEATS | {Role.SECRETARY, Role.CITY_MANAGER, Role.ADMINISTRATOR}


def needs_second_factor(user: User) -> bool:
    """Whether a password alone is too little for what the person may do (cybersäkerhetslagen)."""
    return user.is_superuser or not _DECIDING.isdisjoint(roles_of(user))


def may_audit(user: User) -> bool:
    """Whether the person reads what administrators have done: they themselves, and auditors."""
    return not roles_of(user).isdisjoint({Role.ADMINISTRATOR, Role.CITY_MANAGER, Role.READER})


def may_reset_password(user: User, person: User) -> bool:
    """Whether the person gives another a one-time password: never oneself, never a superuser."""
    return may_administer(user) and user.pk != person.pk and not person.is_superuser
