# SPDX-License-Identifier: EUPL-1.2
"""The figures' place in the desk."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from desk.statistics import urls
from desk.statistics.views import READERS
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's page."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def statistics_item() -> MenuItem:
    """For those who develop the method and those who decide."""
    return RoleMenuItem(
        _("Statistik"),
        reverse("desk_statistics"),
        icon_name="table",
        order=130,
        roles=tuple(sorted(READERS)),
    )
