# SPDX-License-Identifier: EUPL-1.2
"""The editors' pages in the menu of the whole site, wherever editors have put them."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext
from wagtail.models import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_pages(context: RequestContext) -> list[tuple[str, str]]:
    """Address and title of each page that editors show in menus; asked once per page."""
    request = context["request"]
    if not hasattr(request, "menu_pages"):
        pages = Page.objects.live().public().in_menu().order_by("path")
        request.menu_pages = [(page.get_url(request), page.title) for page in pages]
    return list(request.menu_pages)
