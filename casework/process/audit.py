# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: every step as it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from casework.initiatives.models import Initiative
from casework.journal.row_audit import KeptTable, owner_faults
from casework.process.models import Step

TABLES = (KeptTable(Step, "initiative"),)


def step_faults() -> Iterator[str]:
    """Steps that are changed, added or taken away past the services."""
    yield from owner_faults(
        Initiative,
        TABLES,
        subject=lambda initiative: initiative.subject,
        name=lambda initiative: f"{initiative.subject} {initiative}",
    )
