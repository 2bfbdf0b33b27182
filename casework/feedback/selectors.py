# SPDX-License-Identifier: EUPL-1.2
"""Whom the city has told nothing for long (R39, R52)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import F, Max, Q
from django.utils import timezone

from casework.process.enums import FINAL_STAGES
from casework.process.models import Process

SILENCE = dt.timedelta(days=60)
"""An originator who has heard nothing for so long should hear something."""


def silent(initiatives: Sequence[int]) -> list[tuple[Process, dt.datetime]]:
    """The live initiatives of which the originator has heard nothing for long, longest first."""
    told = Q(initiative__notices__user=F("initiative__originator"))
    rows = (
        Process.objects.filter(initiative__in=initiatives)
        .exclude(stage__in=FINAL_STAGES)
        .select_related("initiative__case", "initiative__originator", "candidacy")
        .annotate(heard=Max("initiative__notices__created_at", filter=told))
    )
    limit = timezone.now() - SILENCE
    found = [(row, row.heard or row.entered_at) for row in rows]
    return sorted(((row, at) for row, at in found if at < limit), key=lambda pair: pair[1])
