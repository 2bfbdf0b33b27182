# SPDX-License-Identifier: EUPL-1.2
"""What is new, in the desk's menu with its number."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from casework.feedback.selectors import unread
from desk.feedback import urls


class NewsMenuItem(MenuItem):
    """Says how much is new."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """The item, with the number where there is one."""
        count = unread(request.user) if request.user.is_authenticated else 0
        label = _("Besked (%(count)s nya)") % {"count": count} if count else _("Besked")
        return LinkMenuItem(
            self.name,
            label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's page."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def news_item() -> MenuItem:
    """For everybody."""
    return NewsMenuItem(_("Besked"), reverse("desk_news"), icon_name="mail", name="news", order=12)
