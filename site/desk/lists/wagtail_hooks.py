# SPDX-License-Identifier: EUPL-1.2
"""The lists' place in the desk."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from desk.lists import urls
from desk.lists.permissions import READERS
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def lists_item() -> MenuItem:
    """For those who look after cases."""
    return RoleMenuItem(
        _("Post och balans"),
        reverse("desk_lists"),
        icon_name="list-ul",
        order=125,
        roles=tuple(sorted(READERS)),
    )
