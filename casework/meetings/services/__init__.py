# SPDX-License-Identifier: EUPL-1.2
"""The only writers of meetings, decisions and dissent."""

from casework.meetings.services.corrections import correct_decision
from casework.meetings.services.decisions import (
    Own,
    note_historic_decision,
    record_decision,
    register_minutes_extract,
)
from casework.meetings.services.dissent import DissentBy, note_dissent, write_statement
from casework.meetings.services.meetings import (
    call_meeting,
    cancel_meeting,
    close_meeting,
    note_attendance,
    note_disqualification,
    open_meeting,
    plan_meeting,
    set_agenda,
)
from casework.meetings.services.minutes import announce_minutes, approve_minutes, save_minutes
from casework.meetings.services.noting import (
    TABLE,
    note_outcome,
    note_visit,
    table_cases,
    undo_outcome,
)

__all__ = [
    "TABLE",
    "DissentBy",
    "Own",
    "announce_minutes",
    "approve_minutes",
    "call_meeting",
    "cancel_meeting",
    "close_meeting",
    "correct_decision",
    "note_attendance",
    "note_disqualification",
    "note_dissent",
    "note_historic_decision",
    "note_outcome",
    "note_visit",
    "open_meeting",
    "plan_meeting",
    "record_decision",
    "register_minutes_extract",
    "save_minutes",
    "set_agenda",
    "table_cases",
    "undo_outcome",
    "write_statement",
]
