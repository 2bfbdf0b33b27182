# SPDX-License-Identifier: EUPL-1.2
"""What has gone out, and what has not."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from casework.dispatch.enums import SendingState
from casework.dispatch.models import Dispatch
from casework.register.enums import Direction, RecordKind
from casework.register.models import Case, Record
from casework.register.obstacles import Missing

SENT_BY_ITSELF = (RecordKind.RECEIPT, RecordKind.REMISS_OUT, RecordKind.BATCH)
"""The outgoing records that the product itself has told their receivers of."""

NAMED = 5
"""So many records are named; the rest are counted."""


def not_sent(case: Case) -> list[Record]:
    """The case's outgoing records of which nothing says that anybody got them."""
    sent = Dispatch.objects.exclude(state=SendingState.FAILED)
    return list(
        Record.objects.filter(case=case, direction=Direction.OUTGOING, voided_at=None)
        .exclude(kind__in=SENT_BY_ITSELF)
        .exclude(pk__in=sent.filter(record__case=case).values("record"))
        .order_by("pk")
    )


def unexpedited(case: Case) -> Iterator[Missing]:
    """What a case lacks before it is closed: outgoing records that went nowhere."""
    rows = not_sent(case)
    if rows:
        names = ", ".join(row.dnr for row in rows[:NAMED])
        names += " …" if len(rows) > NAMED else ""
        told = _("Inte expedierat: %(numbers)s.") % {"numbers": names}
        yield Missing("unexpedited", told, rows[0])
