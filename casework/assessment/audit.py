# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: every judgement as its member left it.

The audit reads sealed rows too, to compare checksums; what it tells of a row is its key. A
checksum covers a secret part (``salt``), so nobody can try the six possible scores against it.
"""

from __future__ import annotations

from collections.abc import Iterator

from casework.assessment.models import AgreedScore, Assessment, MemberPlace, Score, ScoreSheet
from casework.journal.row_audit import KeptTable, owner_faults

TABLES = (
    KeptTable(Assessment, "pk"),
    KeptTable(ScoreSheet, "assessment"),
    KeptTable(Score, "sheet__assessment"),
    KeptTable(MemberPlace, "sheet__assessment"),
    KeptTable(AgreedScore, "assessment"),
)


def assessment_faults() -> Iterator[str]:
    """Scores, places and agreements that are not what the services left (R41)."""
    yield from owner_faults(Assessment, TABLES, prefix="assessment", name=str)
