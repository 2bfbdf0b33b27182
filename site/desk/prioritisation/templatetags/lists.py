# SPDX-License-Identifier: EUPL-1.2
"""Reading a row's companion in a template."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(mapping: Mapping[int, object], key: int) -> object:
    """The value under a key, or nothing."""
    return mapping.get(key)
