# SPDX-License-Identifier: EUPL-1.2
"""What the worker does daily for the diary."""

from __future__ import annotations

from django.utils import timezone

from casework.register.models import Case
from casework.register.services.publication import end_publication


def end_publications() -> int:
    """Take the cases out of the web diary whose last day has gone by; returns how many.

    Nobody sees them any more whether this runs or not; it makes the tables and the index say so.
    """
    today = timezone.localdate()
    due = Case.objects.filter(is_published=True, published_until__lt=today).order_by("pk")
    pks = list(due.values_list("pk", flat=True))
    for pk in pks:
        end_publication(case=Case.objects.get(pk=pk))
    return len(pks)
