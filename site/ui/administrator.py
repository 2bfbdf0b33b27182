# SPDX-License-Identifier: EUPL-1.2
"""Pages that only the administrator opens (R51)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from casework.organisation.models import User
from casework.organisation.permissions import require_administrator


class AdministratorMixin:
    """Refuses everybody else, with the sentence of the service."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask before anything is read."""
        user = request.user
        assert isinstance(user, User)  # the admin's address space requires sign-in
        require_administrator(user)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response
