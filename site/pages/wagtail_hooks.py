# SPDX-License-Identifier: EUPL-1.2
"""Wagtail's admin as the desk: its menu, its first page, its look."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.access.tokens import roles_of
from casework.organisation.enums import Role
from casework.organisation.models import User
from pages.desk import urls
from pages.desk.dashboard import TodoPanel
from pages.desk.policies import is_administrator
from pages.desk.viewsets import CaseViewSet, CityViewSetGroup


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    """The desk's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    """The cases, and the city's own data."""
    return [CaseViewSet(), CityViewSetGroup()]


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """The tokens and patterns that the desk shares with the city's pages."""
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">'
        '<link rel="stylesheet" href="{}">',
        static("css/tokens.css"),
        static("css/parts.css"),
        static("css/desk.css"),
    )


@hooks.register("insert_global_admin_js")
def keys() -> SafeString:
    """The desk's few keys: "/" to the search, and moving in ordered lists."""
    return format_html('<script src="{}" defer></script>', static("js/desk.js"))


@hooks.register("construct_homepage_panels")
def first_page(request: HttpRequest, panels: list[Any]) -> None:
    """Only the person's work."""
    panels[:] = [TodoPanel()]


@hooks.register("construct_homepage_summary_items")
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pages and images tell a registrar nothing."""
    items.clear()


class RoleMenuItem(MenuItem):
    """A menu item for those who hold one of some roles."""

    def __init__(self, *args: Any, roles: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.roles = roles
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person holds one of the roles today."""
        return not self.roles or bool(roles_of(request.user) & set(self.roles))


@hooks.register("register_admin_menu_item")
def search_item() -> MenuItem:
    """Search, for everybody at the desk."""
    return RoleMenuItem(
        "Sök", reverse("desk_search"), icon_name="search", order=40, name="desk-search"
    )


@hooks.register("register_admin_menu_item")
def inbox_item() -> MenuItem:
    """The registrar's inbox."""
    return RoleMenuItem(
        "Inkorg", reverse("desk_inbox"), icon_name="download", order=50, roles=(Role.REGISTRAR,)
    )


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    """Registering what came."""
    return RoleMenuItem(
        "Registrera", reverse("desk_register"), icon_name="plus", order=60, roles=(Role.REGISTRAR,)
    )


@hooks.register("register_admin_menu_item")
def batch_item() -> MenuItem:
    """The contact person's batch."""
    return RoleMenuItem(
        "Skicka till SLK", reverse("desk_batch"), icon_name="mail", order=70, roles=(Role.LIAISON,)
    )


@hooks.register("register_admin_menu_item")
def proposal_item() -> MenuItem:
    """The executive office's proposal."""
    return RoleMenuItem(
        "Stadens förslag",
        reverse("desk_proposal"),
        icon_name="list-ol",
        order=90,
        roles=(Role.EXECUTIVE_OFFICE,),
    )


@hooks.register("register_admin_menu_item")
def guide_item() -> MenuItem:
    """How it all works."""
    return RoleMenuItem("Så går det till", reverse("desk_guide"), icon_name="help", order=900)


@hooks.register("construct_main_menu")
def arrange_menu(request: HttpRequest, items: list[Any]) -> None:
    """The person's groups in, and Wagtail's editorial items only for those who edit."""
    editorial = {"explorer", "images", "documents", "snippets", "reports", "settings", "help"}
    if not is_administrator(request.user):
        items[:] = [item for item in items if item.name not in editorial]
    user = request.user
    if not isinstance(user, User) or not roles_of(user) & {Role.GROUP_MEMBER, Role.GROUP_CHAIR}:
        return
    seats = (
        user.appointments.in_force()
        .filter(role__in=[Role.GROUP_MEMBER, Role.GROUP_CHAIR])
        .select_related("body__service_area")
    )
    several = len({seat.body_id for seat in seats}) > 1
    for seat in seats:
        area = seat.body.service_area
        where = f": {area}" if several else ""
        items.append(
            MenuItem(
                f"Gruppmöte{where}",
                reverse("desk_meeting", args=[area.slug]),
                icon_name="group",
                order=80,
                name=f"group-{area.slug}",
            )
        )
        items.append(
            MenuItem(
                f"Rangordning{where}",
                reverse("desk_ranking", args=[area.slug]),
                icon_name="order",
                order=81,
                name=f"ranking-{area.slug}",
            )
        )
