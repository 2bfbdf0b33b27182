# SPDX-License-Identifier: EUPL-1.2
"""What every template may name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def city(request: HttpRequest) -> dict[str, Any]:
    """Return the city's name and crest, and whether this is the demo."""
    return {
        "city_name": settings.CITY_NAME,
        "city_short_name": settings.CITY_SHORT_NAME,
        "city_crest": settings.CITY_CREST,
        "city_email": settings.CITY_EMAIL,
        "is_demo": settings.DEMO,
    }
