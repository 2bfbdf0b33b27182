# SPDX-License-Identifier: EUPL-1.2
"""The documents' place in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from casework.organisation.enums import Role
from desk.documents import urls
from desk.documents.viewsets import ReportViewSet
from ui.menu import RoleMenuItem

register_snippet(ReportViewSet)


@hooks.register("register_admin_urls")
def document_urls() -> list[Any]:
    """The reports' pages."""
    return [path("tjansteutlatanden/", include(urls))]


@hooks.register("register_admin_menu_item")
def templates_item() -> MenuItem:
    """The Word templates, for the administrator."""
    return RoleMenuItem(
        _("Word-mallar"),
        reverse("docgen:templates"),
        icon_name="doc-full",
        order=230,
        name="word-templates",
        roles=(Role.ADMINISTRATOR,),
    )
