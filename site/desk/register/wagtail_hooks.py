# SPDX-License-Identifier: EUPL-1.2
"""The register's place in the desk: its addresses, the case list, its menu items."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.organisation.enums import Role
from desk.register import bulk, urls
from desk.register.term_viewsets import TermViewSetGroup
from desk.register.viewsets import CaseViewSet
from ui.menu import RoleMenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def inbox_item() -> MenuItem:
    """The registrar's inbox."""
    return RoleMenuItem(
        _("Inkorg"), reverse("desk_inbox"), icon_name="download", order=50, roles=(Role.REGISTRAR,)
    )


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    """Registering what came."""
    return RoleMenuItem(
        _("Registrera"),
        reverse("desk_register"),
        icon_name="plus",
        order=60,
        roles=(Role.REGISTRAR,),
    )


@hooks.register("insert_global_admin_css")
def look_of_lists() -> SafeString:
    """How lists and one's place in them look."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/lists.css"))


@hooks.register("insert_global_admin_js")
def lists() -> SafeString:
    """The keys of lists on every page, and the field that "/" opens where a page has none."""
    return format_html(
        '<script src="{}" data-search="{}" data-label="{}" data-open="{}" defer></script>',
        static("js/lists.js"),
        reverse("desk_search"),
        _("Sök ord eller diarienummer"),
        _("Öppna"),
    )


@hooks.register("register_admin_viewset")
def viewset() -> Any:
    """The case list."""
    return CaseViewSet()


@hooks.register("register_admin_viewset")
def terms() -> Any:
    """What a registrar chooses from."""
    return TermViewSetGroup()


for _action in (bulk.Assign, bulk.Close, bulk.Show, bulk.Hide):
    hooks.register("register_bulk_action", _action)
