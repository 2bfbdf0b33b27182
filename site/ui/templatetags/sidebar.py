# SPDX-License-Identifier: EUPL-1.2
"""The desk's menu where no script draws it: `{% load sidebar %}{% plain_menu %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from ui.menu import plain_items

register = template.Library()


@register.inclusion_tag("desk/plain_menu.html", takes_context=True)
def plain_menu(context: RequestContext) -> dict[str, Any]:
    """The items that the sidebar shows the person, as links; nothing where there is no sidebar."""
    request = context["request"]
    return {
        "items": plain_items(request),
        "account": reverse("wagtailadmin_account"),
        "log_out": reverse("wagtailadmin_logout"),
        "csrf_token": context.get("csrf_token"),
    }
