# SPDX-License-Identifier: EUPL-1.2
"""Meetings in the desk, for those who sit in a body or support one."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import SEATS, Role
from desk.meetings import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def meetings_item() -> MenuItem:
    """The meetings of one's bodies."""
    return RoleMenuItem(
        _("Möten"),
        reverse("desk_meetings"),
        icon_name="date",
        order=80,
        roles=(*sorted(SEATS), Role.SECRETARY, Role.EXECUTIVE_OFFICE, Role.CITY_MANAGER),
    )
