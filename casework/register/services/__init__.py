# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the diary: one function per thing that a person does.

Each runs in one transaction with its journal entry and, through
:func:`casework.register.services.state.save_change`, the audience rows, the public diary's row and
the outbox row.
"""

from casework.register.services.amendments import correct, void_record
from casework.register.services.caretaking import (
    assign_officer,
    close_case,
    grant_access,
    link_cases,
    reopen_case,
)
from casework.register.services.disclosure import answer_disclosure, request_disclosure
from casework.register.services.history import note_history
from casework.register.services.publication import (
    lift_secrecy,
    mark_record_secret,
    mark_secret,
    publish,
    publish_record,
    unpublish,
)
from casework.register.services.records import attach_file, register_record
from casework.register.services.registration import (
    add_number,
    ensure_series,
    register_case,
    register_historic,
)
from casework.register.services.state import save_change

__all__ = [
    "add_number",
    "answer_disclosure",
    "assign_officer",
    "attach_file",
    "close_case",
    "correct",
    "ensure_series",
    "grant_access",
    "lift_secrecy",
    "link_cases",
    "mark_record_secret",
    "mark_secret",
    "note_history",
    "publish",
    "publish_record",
    "register_case",
    "register_historic",
    "register_record",
    "reopen_case",
    "request_disclosure",
    "save_change",
    "unpublish",
    "void_record",
]
