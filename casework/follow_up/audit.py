# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: who was to remember what, and who stood in."""

from __future__ import annotations

from collections.abc import Iterator

from casework.follow_up.models import Reminder, StandIn
from casework.journal.row_audit import KeptTable, owner_faults

CASE_TABLES = (KeptTable(Reminder, "case"),)
"""What hangs on a case and is told under it."""

TABLES = (KeptTable(StandIn, "pk"),)


def stand_in_faults() -> Iterator[str]:
    """Stand-ins that are changed, added or taken away past the services."""
    yield from owner_faults(StandIn, TABLES, prefix="standin", name=str)
