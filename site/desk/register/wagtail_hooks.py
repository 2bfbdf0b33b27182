# SPDX-License-Identifier: EUPL-1.2
"""The register's place in the desk: its addresses, the case list, its menu items."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from desk.register import urls
from desk.register.viewsets import CaseViewSet
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    """Registering what came."""
    return RoleMenuItem(
        _("Registrera"),
        reverse("desk_register"),
        icon_name="plus",
        order=60,
        roles=(Role.REGISTRAR,),
    )


@hooks.register("register_admin_viewset")
def viewset() -> Any:
    """The case list."""
    return CaseViewSet()
