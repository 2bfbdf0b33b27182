# SPDX-License-Identifier: EUPL-1.2
"""Who may do what in the register: asked by each service, and by the page that offers it.

Roles count where the case is: a registrar of another authority may nothing here. ``None`` is the
software itself (the preset, an import, the first start of a demonstration) and may everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.selectors import authorities_with, has_role_at, roles_of
from casework.register.models import Case, NumberSeries

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

REGISTRAR_ONLY = _("Det får bara registratorn hos ärendets myndighet göra.")
REGISTRAR_OR_OFFICER = _("Det får bara registratorn eller ärendets handläggare göra.")


def diaries_of(user: User | AnonymousUser | None) -> list[int]:
    """The authorities whose diary the person keeps, by their keys."""
    return authorities_with(user, Role.REGISTRAR)


def may_register(user: User, authority: Authority) -> bool:
    """Give a matter a number in the authority's diary (OSL 5:1)."""
    return has_role_at(user, authority.pk, Role.REGISTRAR)


def require_register(actor: User | None, series: NumberSeries) -> None:
    """Raises PermissionDenied unless the person keeps the diary of the series' authority."""
    kept = actor is None or has_role_at(actor, series.authority_id, Role.REGISTRAR)
    _require(kept, _("Det får bara en registrator hos seriens myndighet göra."))


def may_keep_terms(user: User) -> bool:
    """Keep classes and provisions: registrars, who choose from them, and administrators."""
    return user.is_active and not roles_of(user).isdisjoint({Role.REGISTRAR, Role.ADMINISTRATOR})


def require_keep_terms(actor: User | None) -> None:
    """Raises PermissionDenied unless the person is a registrar or an administrator."""
    allowed = actor is None or may_keep_terms(actor)
    _require(allowed, _("Det får bara en registrator eller administratör göra."))


def require_registrar_at(actor: User | None, authority: Authority) -> None:
    """Raises PermissionDenied unless the person keeps the authority's diary."""
    _require(
        actor is None or may_register(actor, authority),
        _("Det får bara en registrator hos myndigheten göra."),
    )


def is_registrar(user: User, case: Case) -> bool:
    """Whether the person keeps the diary of the case's authority."""
    return has_role_at(user, case.authority_id, Role.REGISTRAR)


def may_handle(user: User, case: Case) -> bool:
    """Whether the person is the case's officer, or one of the authority's while it has none."""
    is_officer = has_role_at(user, case.authority_id, Role.OFFICER)
    return is_officer and case.officer_id in (None, user.pk)


def may_take(user: User, case: Case) -> bool:
    """Become the officer of a case that has none."""
    return case.officer_id is None and has_role_at(user, case.authority_id, Role.OFFICER)


def may_look_after(user: User, case: Case) -> bool:
    """Whether the person is its registrar or handles it."""
    return is_registrar(user, case) or may_handle(user, case)


may_register_record = may_attach = may_assign = may_set_due = may_link = may_grant = may_look_after
may_mark_secret = may_close = may_look_after
may_publish = may_correct = may_void = may_reopen = may_lift_secrecy = is_registrar


def may_audit(user: User, series: NumberSeries) -> bool:
    """Audit numbers: those who keep the diary of the series, and administrators."""
    own = has_role_at(user, series.authority_id, Role.REGISTRAR)
    return own or Role.ADMINISTRATOR in roles_of(user)


def require_audit(actor: User | None, series: NumberSeries) -> None:
    """Raises PermissionDenied unless the person may audit the series."""
    allowed = actor is None or may_audit(actor, series)
    _require(allowed, _("Det får bara seriens registrator eller en administratör göra."))


def require_registrar(actor: User | None, case: Case) -> None:
    """Raises PermissionDenied unless the person is the registrar of the case's authority."""
    _require(actor is None or is_registrar(actor, case), REGISTRAR_ONLY)


def require_look_after(actor: User | None, case: Case) -> None:
    """Raises PermissionDenied unless the person is its registrar or handles it."""
    _require(actor is None or may_look_after(actor, case), REGISTRAR_OR_OFFICER)


def _require(allowed: bool, sentence: str | Promise) -> None:
    if not allowed:
        raise PermissionDenied(str(sentence))
