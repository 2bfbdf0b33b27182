# SPDX-License-Identifier: EUPL-1.2
"""The place of reminders and stand-ins in the desk: addresses, menu, and many at once."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from desk.follow_up import bulk, urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def stand_ins_item() -> MenuItem:
    """Who stands in for whom."""
    return RoleMenuItem(
        _("Ersättare"),
        reverse("desk_stand_ins"),
        icon_name="group",
        order=880,
        roles=(Role.REGISTRAR, Role.OFFICER, Role.LIAISON, Role.ADMINISTRATOR),
    )


hooks.register("register_bulk_action", bulk.Remind)
