# SPDX-License-Identifier: EUPL-1.2
"""Items of the desk's menu that are shown by role."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from casework.organisation.selectors import roles_of


class RoleMenuItem(MenuItem):
    """A menu item for those who hold one of some roles."""

    def __init__(self, *args: Any, roles: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.roles = roles
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person holds one of the roles today."""
        return not self.roles or bool(roles_of(request.user) & set(self.roles))
