# SPDX-License-Identifier: EUPL-1.2
"""The only writer of fault reports."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from casework.journal.services import log
from ops import events
from ops.models import FaultReport

SAME_REPORT = dt.timedelta(minutes=2)
"""A form that is sent again within this time is the same report."""


@transaction.atomic
def report_fault(text: str, address: str = "", contact: str = "") -> FaultReport:
    """Keep that somebody could not use the site; who it was is neither asked nor logged.

    Args:
        text: what did not work.
        address: where on the site.
        contact: where the answer goes, if the person wants one.
    """
    since = timezone.now() - SAME_REPORT
    fields = {"text": text, "address": address, "contact": contact}
    earlier = FaultReport.objects.filter(**fields, reported_at__gte=since).first()
    if earlier:
        return earlier
    report = FaultReport.objects.create(**fields)
    log(events.FAULT_REPORTED, report, actor=None)
    return report
