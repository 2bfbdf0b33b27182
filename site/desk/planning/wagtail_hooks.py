# SPDX-License-Identifier: EUPL-1.2
"""The rounds in the desk, for everybody who works in one."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import SEATS, Role
from desk.planning import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def rounds_item() -> MenuItem:
    """The rounds, with the pages that are the person's."""
    return RoleMenuItem(
        _("Omgångar"),
        reverse("desk_rounds"),
        icon_name="calendar",
        order=90,
        roles=(
            *sorted(SEATS),
            Role.SECRETARY,
            Role.EXECUTIVE_OFFICE,
            Role.CITY_MANAGER,
            Role.ADMINISTRATOR,
            Role.OFFICER,
        ),
    )


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    """What falls when, for everybody at the desk."""
    return RoleMenuItem(_("Kalender"), reverse("desk_calendar"), icon_name="date", order=91)
