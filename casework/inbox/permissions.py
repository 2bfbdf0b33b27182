# SPDX-License-Identifier: EUPL-1.2
"""Who may do what in the inbox: the registrars of the authority that it came to."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.selectors import has_role_at


def may_sort(user: User, authority_id: int) -> bool:
    """See and deal with what comes in to the authority."""
    return has_role_at(user, authority_id, Role.REGISTRAR)


def require_sort(actor: User | None, authority: Authority | int) -> None:
    """Raises PermissionDenied unless the person keeps the authority's diary."""
    pk = authority if isinstance(authority, int) else authority.pk
    if actor is not None and not may_sort(actor, pk):
        raise PermissionDenied(_("Det får bara en registrator hos myndigheten göra."))
