# SPDX-License-Identifier: EUPL-1.2
"""Links that carry the list that they stand in."""

from __future__ import annotations

from django import template

from casework.register.models import Case
from ui.places import address_in

register = template.Library()


@register.simple_tag
def placed(case: Case, listing: str, query: str = "") -> str:
    """The address of a case with its place in a list."""
    return address_in(case, listing, query)
