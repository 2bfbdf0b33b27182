# SPDX-License-Identifier: EUPL-1.2
"""Who keeps the city's own data, in the shape that Wagtail's admin asks for."""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.permissions import may_administer
from casework.organisation.selectors import holders_of


class AdministratorPolicy(BasePermissionPolicy):
    """The city's own data: for those appointed administrator; nothing is deleted (R51)."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Look, add and change."""
        return action in {"view", "add", "change"} and may_administer(user)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """The administrators."""
        return holders_of(Role.ADMINISTRATOR)


class FaultPolicy(AdministratorPolicy):
    """What visitors have reported is looked at and ticked off; nobody adds to it here."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Look and change."""
        return action != "add" and super().user_has_permission(user, action)
