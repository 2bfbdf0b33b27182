# SPDX-License-Identifier: EUPL-1.2
"""The city's own data in the desk, for administrators."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from casework.organisation.permissions import may_administer
from desk.organisation.viewsets import OrganisationViewSetGroup


@hooks.register("register_admin_viewset")
def viewset() -> Any:
    """The city's own data."""
    return OrganisationViewSetGroup()


@hooks.register("construct_main_menu")
def hide_editorial(request: HttpRequest, items: list[Any]) -> None:
    """Of Wagtail's own items only pages, images and documents, and only for those who keep them."""
    user = request.user
    if getattr(user, "is_superuser", False):
        return
    hidden = {"snippets", "reports", "settings", "help"}
    if not may_administer(user):
        hidden |= {"explorer", "images", "documents"}
    items[:] = [item for item in items if item.name not in hidden]
