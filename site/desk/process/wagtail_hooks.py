# SPDX-License-Identifier: EUPL-1.2
"""The first page and the help in the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from desk.process import urls
from desk.process.dashboard import TodoPanel
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("construct_homepage_panels")
def first_page(request: HttpRequest, panels: list[Any]) -> None:
    """Only the person's work."""
    panels[:] = [TodoPanel()]


@hooks.register("construct_homepage_summary_items")
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pages and images tell a registrar nothing."""
    items.clear()


@hooks.register("register_admin_menu_item")
def todo_item() -> MenuItem:
    """The way home, by name; the crest leads there too."""
    # The sidebar marks what an address begins with: without "?" that would be every page.
    home = f"{reverse('wagtailadmin_home')}?"
    return RoleMenuItem(_("Att göra"), home, icon_name="tasks", name="todo", order=10)


@hooks.register("register_admin_menu_item")
def guide_item() -> MenuItem:
    """How it all works."""
    return RoleMenuItem(_("Så går det till"), reverse("desk_guide"), icon_name="help", order=900)
