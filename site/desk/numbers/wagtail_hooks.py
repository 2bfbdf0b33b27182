# SPDX-License-Identifier: EUPL-1.2
"""The place of the audit of numbers in the desk."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from desk.numbers import urls
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def numbers_item() -> MenuItem:
    """For those who answer for the numbers."""
    return RoleMenuItem(
        _("Nummergranskning"),
        reverse("desk_numbers"),
        icon_name="list-ol",
        order=128,
        roles=(Role.REGISTRAR, Role.ADMINISTRATOR),
    )
