# SPDX-License-Identifier: EUPL-1.2
"""Who records a decision of disposal and carries it out."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.organisation.models import Authority, User
from casework.register.permissions import may_register


def may_dispose(user: User, authority: Authority) -> bool:
    """Whether the person keeps the authority's diary."""
    return may_register(user, authority)


def require_dispose(actor: User | None, authority: Authority) -> None:
    """Raises PermissionDenied unless the person keeps the authority's diary."""
    if actor is not None and not may_dispose(actor, authority):
        raise PermissionDenied(_("Det får bara en registrator hos myndigheten göra."))
