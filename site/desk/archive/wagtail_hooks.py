# SPDX-License-Identifier: EUPL-1.2
"""The archive's place in the desk."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from desk.archive import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def disposal_item() -> MenuItem:
    """Disposal by decision."""
    return RoleMenuItem(
        _("Gallring"), reverse("desk_disposal"), icon_name="bin", order=195, roles=(Role.REGISTRAR,)
    )
