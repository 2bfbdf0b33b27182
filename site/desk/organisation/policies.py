# SPDX-License-Identifier: EUPL-1.2
"""Who keeps the city's own data, in the shape that Wagtail's admin asks for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from casework.organisation.selectors import roles_of
from casework.organisation.enums import Role
from casework.organisation.models import User


class AdministratorPolicy(BasePermissionPolicy):
    """The city's own data: for those appointed administrator; nothing is deleted."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Look, add and change."""
        return action in {"view", "add", "change"} and is_administrator(user)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """The administrators."""
        return User.objects.filter(appointments__role=Role.ADMINISTRATOR).distinct()


def is_administrator(user: Any) -> bool:
    """Whether the person is appointed administrator today, or is a superuser."""
    if not getattr(user, "is_active", False):
        return False
    return bool(user.is_superuser or Role.ADMINISTRATOR in roles_of(user))
