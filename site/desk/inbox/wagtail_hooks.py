# SPDX-License-Identifier: EUPL-1.2
"""The inbox's place in the desk: its addresses and its menu item."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from desk.inbox import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def inbox_item() -> MenuItem:
    """The registrar's inbox."""
    return RoleMenuItem(
        _("Inkorg"), reverse("desk_inbox"), icon_name="download", order=50, roles=(Role.REGISTRAR,)
    )
