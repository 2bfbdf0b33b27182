# SPDX-License-Identifier: EUPL-1.2
"""The contact person's place in the desk."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from desk.initiatives import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def batch_item() -> MenuItem:
    """The contact person's batch."""
    return RoleMenuItem(
        _("Skicka till SLK"),
        reverse("desk_batch"),
        icon_name="mail",
        order=70,
        roles=(Role.LIAISON,),
    )


@hooks.register("register_admin_menu_item")
def sent_item() -> MenuItem:
    """What the contact person's förvaltning has given, and where it is."""
    return RoleMenuItem(
        _("Förvaltningens initiativ"),
        reverse("desk_sent"),
        icon_name="list-ul",
        order=71,
        roles=(Role.LIAISON,),
    )
