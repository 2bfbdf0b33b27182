# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: who held which role when (R11)."""

from __future__ import annotations

from collections.abc import Iterator

from casework.journal.row_audit import KeptTable, owner_faults
from casework.organisation.models import Appointment

TABLES = (KeptTable(Appointment, "pk"),)


def appointment_faults() -> Iterator[str]:
    """Appointments that are changed, added or taken away past the services."""
    yield from owner_faults(Appointment, TABLES, prefix="appointment", name=str)
