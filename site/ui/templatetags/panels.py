# SPDX-License-Identifier: EUPL-1.2
"""`{% load panels %}`: draw a panel that a notion has registered."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ui.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: RequestContext, panel: Panel, obj: object) -> SafeString:
    """Draw a panel with its own template and nothing of the page's context."""
    request = context["request"]
    return render_to_string(
        panel.template, {"panel": panel, **panel.context(request.user, obj)}, request
    )
