# SPDX-License-Identifier: EUPL-1.2
"""A text before and after, with the difference marked."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from ui.differences import marked

register = template.Library()


@register.simple_tag
def changed(before: str, after: str) -> SafeString:
    """What went away and what came."""
    return marked(before, after)
