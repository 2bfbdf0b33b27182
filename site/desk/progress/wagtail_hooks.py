# SPDX-License-Identifier: EUPL-1.2
"""What is carried out and the programme, in the desk's menu."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from desk.progress import urls
from desk.progress.views import PROGRAMME_READERS
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def carried_item() -> MenuItem:
    """For everybody at the desk: what one may not see is not in it."""
    return RoleMenuItem(_("Genomförande"), reverse("desk_progress"), icon_name="tasks", order=125)


@hooks.register("register_admin_menu_item")
def programme_item() -> MenuItem:
    """For those who lead it."""
    return RoleMenuItem(
        _("E-tjänsteprogram"),
        reverse("desk_programme"),
        icon_name="desktop",
        order=127,
        roles=tuple(sorted(PROGRAMME_READERS)),
    )
