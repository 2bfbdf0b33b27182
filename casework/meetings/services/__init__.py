# SPDX-License-Identifier: EUPL-1.2
"""The only writers of meetings, decisions and dissent."""

from casework.meetings.services.decisions import (
    correct_decision,
    note_historic_decision,
    record_decision,
    register_minutes_extract,
)
from casework.meetings.services.dissent import DissentBy, note_dissent, write_statement
from casework.meetings.services.meetings import (
    announce_minutes,
    approve_minutes,
    call_meeting,
    close_meeting,
    note_attendance,
    note_disqualification,
    open_meeting,
    plan_meeting,
    save_minutes,
    set_agenda,
)

__all__ = [
    "DissentBy",
    "announce_minutes",
    "approve_minutes",
    "call_meeting",
    "close_meeting",
    "correct_decision",
    "note_attendance",
    "note_disqualification",
    "note_dissent",
    "note_historic_decision",
    "open_meeting",
    "plan_meeting",
    "record_decision",
    "register_minutes_extract",
    "save_minutes",
    "set_agenda",
    "write_statement",
]
