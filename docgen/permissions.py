# SPDX-License-Identifier: EUPL-1.2
"""Who may write reports: those who see the case's internal face and handle its authority's matters.

Services ask these and raise; pages ask the same to show or hide (R60).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.access.tokens import Face
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.permissions import may_administer
from casework.organisation.selectors import appointments_of
from casework.register.models import Case
from casework.register.permissions import may_look_after

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

WRITERS = frozenset({Role.OFFICER, Role.REGISTRAR, Role.EXECUTIVE_OFFICE, Role.CITY_MANAGER})


def writes_at(user: User | AnonymousUser) -> frozenset[int]:
    """The authorities where the person writes reports today."""
    return frozenset(
        authority
        for row in appointments_of(user)
        if row.role in WRITERS
        and (authority := row.body.authority_id if row.body else row.authority_id) is not None
    )


def writes_anywhere(user: User | AnonymousUser) -> bool:
    """Whether the person has a writing role at all."""
    return bool(writes_at(user))


def may_write_report(user: User | AnonymousUser, case: Case) -> bool:
    """Whether the person writes at the case's authority today and is let in to the case."""
    return case.authority_id in writes_at(user) and _is_let_in(user, case)


def may_finish_report(user: User | AnonymousUser, case: Case) -> bool:
    """Whether the person may make the report a record: those who register in the case."""
    return isinstance(user, User) and may_write_report(user, case) and may_look_after(user, case)


def may_keep_templates(user: User | AnonymousUser) -> bool:
    """Whether the person keeps the city's Word templates: the administrator (R51)."""
    return isinstance(user, User) and may_administer(user)


def require_writer(user: User | None, case: Case) -> None:
    """Raise PermissionDenied for those who may not write; nobody means the software itself."""
    if user is not None and not may_write_report(user, case):
        raise PermissionDenied(
            _("Tjänsteutlåtanden skrivs av handläggare, registrator och stadsledningskontoret.")
        )


def require_finisher(user: User, case: Case) -> None:
    """Raise PermissionDenied for those who may not register the report."""
    if not may_finish_report(user, case):
        raise PermissionDenied(
            _("Tjänsteutlåtandet registreras av ärendets handläggare eller en registrator.")
        )


def require_template_keeper(user: User | None) -> None:
    """Raise PermissionDenied for all but the administrator; nobody means the software itself."""
    if user is not None and not may_keep_templates(user):
        raise PermissionDenied(_("Word-mallar läggs in av administratören."))


def _is_let_in(user: User | AnonymousUser, case: Case) -> bool:
    """Whether more than publicity lets the person in to the case (OSL 5:2)."""
    return case.face_for(user) is Face.INTERNAL
