# SPDX-License-Identifier: EUPL-1.2
"""The search's place in the desk."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from desk.search import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def search_item() -> MenuItem:
    """Search, for everybody at the desk."""
    return RoleMenuItem(
        _("Sök"), reverse("desk_search"), icon_name="search", order=40, name="desk-search"
    )
