# SPDX-License-Identifier: EUPL-1.2
"""Who may write and read reports: those who see the case and handle its authority's matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.permission_policies import BasePermissionPolicy

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.register.models import Case
from docgen.models import Report

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


def case_for_writing(user: User | AnonymousUser, pk: int) -> Case:
    """The case: 404 when the person may not see it, 403 when it is only to be seen."""
    case = Case.objects.visible_to(user).filter(pk=pk).first()
    if case is None:
        raise Http404
    _require(user, case)
    return case


def report_for_writing(user: User | AnonymousUser, pk: int) -> Report:
    """The report: 404 when the case may not be seen, 403 when it is only to be seen."""
    report: Report | None = (
        Report.objects.visible_to(user).select_related("case").filter(pk=pk).first()
    )
    if report is None:
        raise Http404
    _require(user, report.case)
    return report


def _require(user: User | AnonymousUser, case: Case) -> None:
    if not may_write(user, case):
        raise PermissionDenied(
            _("Tjänsteutlåtanden skrivs av handläggare, registrator och stadsledningskontoret.")
        )


class ReportPermissionPolicy(BasePermissionPolicy):
    """The rule above in the shape that Wagtail's editor asks for.

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
        return (
            self.user_has_permission(user, action)
            and may_write(user, instance.case)
            and Case.objects.visible_to(user).filter(pk=instance.case_id).exists()
        )

    def instances_user_has_any_permission_for(self, user: User, actions: list[str]) -> QuerySet:
        """The reports that the person may work with."""
        if not self.user_has_any_permission(user, actions):
            return Report.objects.none()
        own = Q(case__officer=user)
        rows = user.appointments.in_force().filter(role__in=WRITERS)
        authorities: set[Any] = set()
        for authority, of_body in rows.values_list("authority", "body__authority"):
            authorities |= {authority, of_body}
        return Report.objects.visible_to(user).filter(own | Q(case__authority__in=authorities))

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
