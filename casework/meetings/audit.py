# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: meetings and decisions as they were left."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from casework.journal.row_audit import KeptTable, owner_faults
from casework.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    DecisionCorrection,
    DecisionPoint,
    Disqualification,
    Dissent,
    DissentPerson,
    Meeting,
    MinutesFile,
    minutes_storage,
)
from casework.register.audit_rows import stored_file_fault

CASE_TABLES = (
    KeptTable(Decision, "case"),
    KeptTable(DecisionPoint, "decision__case"),
    KeptTable(DecisionCorrection, "decision__case"),
    KeptTable(Dissent, "decision__case"),
    KeptTable(DissentPerson, "dissent__decision__case"),
    KeptTable(Disqualification, "case"),
)
"""What hangs on a case and is told under it."""

MEETING_TABLES = (
    KeptTable(Meeting, "pk"),
    KeptTable(AgendaItem, "meeting"),
    KeptTable(Attendance, "meeting"),
    KeptTable(MinutesFile, "meeting"),
)
"""What hangs on a meeting and is told under it."""


def meeting_faults() -> Iterator[str]:
    """Meetings with agenda, attendance and minutes that are not what the services left."""
    yield from owner_faults(Meeting, MEETING_TABLES, prefix="meeting", name=str)
    files = MinutesFile.objects.select_related("meeting__body").order_by("pk")
    for row in files.iterator():
        if problem := stored_file_fault(minutes_storage(), str(row.file), row.sha256):
            yield _("Protokollet för %(meeting)s: %(problem)s.") % {
                "meeting": row, "problem": problem,
            }  # fmt: skip
