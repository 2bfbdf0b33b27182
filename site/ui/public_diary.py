# SPDX-License-Identifier: EUPL-1.2
"""What all public pages read: the public diary's own table and nothing else.

A case that is secret or unpublished has no row there, so no page, count or hint can hold it.
"""

from __future__ import annotations

from django.db.models import QuerySet

from casework.register.models import EarlierDecision, PublicCase


def public_cases() -> QuerySet[PublicCase]:
    """All published cases."""
    return PublicCase.objects.select_related("service_area")


def city_numbers() -> dict[str, int]:
    """How much there is to search."""
    return {"cases": PublicCase.objects.count(), "earlier": EarlierDecision.objects.count()}
