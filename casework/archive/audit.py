# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: decisions as recorded, nothing kept disposed of."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from casework.archive.models import DisposalDecision
from casework.journal.row_audit import KeptTable, owner_faults
from casework.register.enums import Retention
from casework.register.models import Record

TABLES = (KeptTable(DisposalDecision, "pk"),)


def decision_faults() -> Iterator[str]:
    """Decisions changed past the services, and records disposed of that were to be kept."""
    yield from owner_faults(DisposalDecision, TABLES, prefix="disposal", name=str)
    kept = Record.objects.exclude(disposed_at=None).filter(retention=Retention.KEEP)
    for dnr in kept.values_list("dnr", flat=True):
        yield _("%(dnr)s är gallrad fast den ska bevaras.") % {"dnr": dnr}
