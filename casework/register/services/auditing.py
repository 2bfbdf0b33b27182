# SPDX-License-Identifier: EUPL-1.2
"""Having the numbers and the chain of a series computed again, and keeping what was found."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.audit import verify_chain
from casework.journal.digests import digests_of
from casework.journal.models import Chain
from casework.journal.services import log
from casework.organisation.models import User
from casework.register import events
from casework.register.audit import series_faults
from casework.register.models import DiaryEntry, NumberAudit, NumberSeries
from casework.register.permissions import require_audit

MOST_FAULTS = 50
"""So many are kept; the command tells all."""


def audit_numbers(*, series: NumberSeries, year: int, actor: User | None) -> NumberAudit:
    """Compute the numbers and the chain of a series' year again and note what was found.

    Raises:
        PermissionDenied: the person neither keeps the diary of the series nor administrates.
    """
    require_audit(actor, series)
    faults = list(series_faults(series.pk, year))
    chain = Chain.objects.filter(key=f"{series.code}/{year}").first()
    if chain is not None:
        faults += [
            _("Kedja %(chain)s, post %(position)s: %(problem)s.")
            % {"chain": fault.chain, "position": fault.position, "problem": fault.problem}
            for fault in verify_chain(chain)
        ]
    with transaction.atomic():
        row = NumberAudit.objects.create(
            series=series,
            year=year,
            at=timezone.now(),
            by=actor,
            numbers=DiaryEntry.objects.filter(series=series, year=year, record_number=0).count(),
            entries=chain.length if chain else 0,
            head=chain.head if chain else "",
            faults=faults[:MOST_FAULTS],
        )
        log(
            events.NUMBERS_AUDITED, row, actor=actor,
            after={"series": f"{series.code} {year}", "faults": len(faults)},
            rows=digests_of(row),
        )  # fmt: skip
    return row
