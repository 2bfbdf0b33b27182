# SPDX-License-Identifier: EUPL-1.2
"""Who may do what in the diary. Services ask these and raise; pages ask the same to show or hide.

A registrar keeps the diary of an authority. A case is handled by its officer, or by any of the
authority's officers while it has none.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.selectors import has_role_at
from casework.register.models import Case


def may_register(user: User, authority: Authority | int) -> bool:
    """Whether the person registers in the authority's diary: its registrars (OSL 5:1)."""
    pk = authority if isinstance(authority, int) else authority.pk
    return has_role_at(user, pk, Role.REGISTRAR)


def is_registrar(user: User, case: Case) -> bool:
    """Whether the person is a registrar of the case's authority."""
    return has_role_at(user, case.authority_id, Role.REGISTRAR)


def may_handle(user: User, case: Case) -> bool:
    """Whether the person is the case's officer, or one of the authority's while it has none."""
    return has_role_at(user, case.authority_id, Role.OFFICER) and case.officer_id in (
        None,
        user.pk,
    )


def may_look_after(user: User, case: Case) -> bool:
    """Whether the person registers in the case or handles it."""
    return is_registrar(user, case) or may_handle(user, case)


may_register_record = may_look_after
may_attach = may_look_after
may_assign = may_look_after
may_link = may_look_after
may_grant = may_look_after
may_mark_secret = may_look_after
may_close = may_look_after
may_publish = is_registrar
may_lift_secrecy = is_registrar
may_correct = is_registrar
may_void = is_registrar
may_reopen = is_registrar
may_merge = is_registrar
may_add_number = is_registrar


def may_answer_disclosure(user: User) -> bool:
    """Whether the person answers those who ask for a record: any registrar (TF 2:18)."""
    from casework.organisation.selectors import roles_of

    return Role.REGISTRAR in roles_of(user)


def require(allowed: bool, who: str) -> None:
    """Raise PermissionDenied saying who may, unless it is allowed."""
    if not allowed:
        raise PermissionDenied(_("Det får bara %(who)s göra.") % {"who": who})
