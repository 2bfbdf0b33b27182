# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: who was asked, by when, and what they answered."""

from __future__ import annotations

from collections.abc import Iterator

from casework.consultation.models import Consultation, Consultee, ExpertRequest, NoConsultation
from casework.initiatives.models import Initiative
from casework.journal.row_audit import KeptTable, owner_faults

CASE_TABLES = (
    KeptTable(Consultation, "case"),
    KeptTable(Consultee, "consultation__case"),
    KeptTable(NoConsultation, "case"),
)
"""What hangs on a case and is told under it."""

INITIATIVE_TABLES = (KeptTable(ExpertRequest, "initiative"),)


def expert_faults() -> Iterator[str]:
    """Questions to experts that are changed, added or taken away past the services (R24)."""
    yield from owner_faults(
        Initiative,
        INITIATIVE_TABLES,
        prefix="initiative",
        name=lambda initiative: f"{initiative.subject} {initiative}",
    )
