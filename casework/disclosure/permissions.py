# SPDX-License-Identifier: EUPL-1.2
"""Who tries a request to see a record: asked by each service, and by the page that offers it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.disclosure.models import DisclosureItem
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import has_role_at, roles_of
from casework.register.models import Record
from casework.register.permissions import is_registrar


def may_answer(user: User) -> bool:
    """Answer a request; it names no case for certain, so any registrar may."""
    return Role.REGISTRAR in roles_of(user)


def may_list(user: User, record: Record) -> bool:
    """Take a record up in a request: the registrars of its authority."""
    return is_registrar(user, record.case)


def may_review(user: User, item: DisclosureItem) -> bool:
    """Decide of one record: its registrar, or the officer who was asked and still is one there.

    What is not in the diary is answered by any registrar.
    """
    if item.record is None:
        return may_answer(user)
    case = item.record.case
    asked = item.asked_id == user.pk and has_role_at(user, case.authority_id, Role.OFFICER)
    return asked or is_registrar(user, case)


def require_answer(actor: User | None) -> None:
    """Raises PermissionDenied unless the person is a registrar."""
    if actor is not None and not may_answer(actor):
        raise PermissionDenied(_("Det får bara en registrator göra."))


def require_list(actor: User | None, record: Record) -> None:
    """Raises PermissionDenied unless the person keeps the diary in which the record stands."""
    if actor is not None and not may_list(actor, record):
        raise PermissionDenied(_("Det får bara registratorn hos handlingens myndighet göra."))


def require_review(actor: User | None, item: DisclosureItem) -> None:
    """Raises PermissionDenied unless the person may decide of the record."""
    if actor is not None and not may_review(actor, item):
        raise PermissionDenied(
            _("Det får bara registratorn hos handlingens myndighet eller den som ombads pröva.")
        )
