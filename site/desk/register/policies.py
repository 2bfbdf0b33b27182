# SPDX-License-Identifier: EUPL-1.2
"""The access rule in the shape that Wagtail's admin asks for."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from casework.organisation.models import User
from casework.register.models import Case


class CasePermissionPolicy(BasePermissionPolicy):
    """Everybody at the desk may look at what the access rule opens; services do the rest."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Look, never add, change or delete: those go through the desk's own pages."""
        return bool(
            action == "view" and user.is_active and user.has_perm("wagtailadmin.access_admin")
        )

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """Everybody at the desk who may look."""
        users = User.objects.filter(is_active=True)
        return users if "view" in actions else users.none()

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        """Whether the access rule opens this one."""
        return self.user_has_permission(user, action) and bool(
            Case.objects.visible_to(user).filter(pk=instance.pk).exists()
        )

    def instances_user_has_any_permission_for(self, user: User, actions: list[str]) -> QuerySet:
        """The cases that the person may see."""
        return Case.objects.visible_to(user) if "view" in actions else Case.objects.none()

    def users_with_any_permission_for_instance(
        self, actions: list[str], instance: Model
    ) -> QuerySet[User]:
        """Those at the desk who may see it."""
        seeing = [
            u.pk
            for u in self.users_with_any_permission(actions)
            if self.user_has_permission_for_instance(u, "view", instance)
        ]
        return User.objects.filter(pk__in=seeing)
