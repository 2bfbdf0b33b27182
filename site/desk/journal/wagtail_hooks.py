# SPDX-License-Identifier: EUPL-1.2
"""The journal's place in the desk."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from desk.journal import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def office_history() -> MenuItem:
    """What administrators have done, for them and for auditors."""
    return RoleMenuItem(
        _("Händelser"),
        reverse("desk_office_history"),
        icon_name="history",
        order=960,
        roles=(Role.ADMINISTRATOR, Role.CITY_MANAGER, Role.READER),
    )
