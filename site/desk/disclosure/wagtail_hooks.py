# SPDX-License-Identifier: EUPL-1.2
"""The place of orders of records in the desk."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from desk.disclosure import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def disclosures_item() -> MenuItem:
    """The registrar's orders."""
    return RoleMenuItem(
        _("Utlämnande"),
        reverse("desk_disclosures"),
        icon_name="mail",
        order=55,
        roles=(Role.REGISTRAR,),
    )
