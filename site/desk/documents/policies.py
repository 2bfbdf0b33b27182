# SPDX-License-Identifier: EUPL-1.2
"""Who works with reports, in the shape that Wagtail's editor asks for."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from casework.organisation.models import User
from casework.register.models import Case
from docgen.models import Report
from docgen.permissions import may_write_report, writes_anywhere, writes_at


class ReportPermissionPolicy(BasePermissionPolicy):
    """The rule of `docgen.permissions` in the shape that Wagtail's editor asks for.

    Nobody adds here (a report begins at its case), publishes or deletes.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        """View and change, for those who write."""
        return action in ("view", "change") and writes_anywhere(user)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """Those who may hold it."""
        users = User.objects.filter(is_active=True)
        return users if {"view", "change"} & set(actions) else users.none()

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        """View and change a report whose case one sees and handles."""
        assert isinstance(instance, Report)
        return self.user_has_permission(user, action) and may_write_report(user, instance.case)

    def instances_user_has_any_permission_for(self, user: User, actions: list[str]) -> QuerySet:
        """The reports that the person may work with."""
        if not self.user_has_any_permission(user, actions):
            return Report.objects.none()
        let_in = Case.objects.shown_to(user).filter(is_internal=True)
        return Report.objects.filter(case__in=let_in, case__authority__in=writes_at(user))

    def users_with_any_permission_for_instance(
        self, actions: list[str], instance: Model
    ) -> QuerySet[User]:
        """Those who may work with this report."""
        able = [
            user.pk
            for user in self.users_with_any_permission(actions)
            if any(self.user_has_permission_for_instance(user, x, instance) for x in actions)
        ]
        return User.objects.filter(pk__in=able)
