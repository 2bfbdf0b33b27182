# SPDX-License-Identifier: EUPL-1.2
"""The city's own data in the desk, for administrators."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from desk.organisation.policies import is_administrator
from desk.organisation.viewsets import OrganisationViewSetGroup


@hooks.register("register_admin_viewset")
def viewset() -> Any:
    """The city's own data."""
    return OrganisationViewSetGroup()


@hooks.register("construct_main_menu")
def hide_editorial(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's editorial items only for those who edit."""
    editorial = {"explorer", "images", "documents", "snippets", "reports", "settings", "help"}
    if not is_administrator(request.user):
        items[:] = [item for item in items if item.name not in editorial]
