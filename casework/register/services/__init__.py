# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the diary: one function per thing that a person does.

Each runs in one transaction with its journal entry and, through
:func:`casework.register.services.changes.save_change`, the audience rows, the public diary's
row and the outbox row.
"""

from casework.register.services.access_grants import end_grant, grant_access
from casework.register.services.assignment import (
    assign_officer,
    assign_unit,
    set_due,
    take_back_assignment,
)
from casework.register.services.auditing import audit_numbers
from casework.register.services.case_links import link_cases
from casework.register.services.changes import save_change
from casework.register.services.closing import (
    Ending,
    archive_records,
    close_case,
    finish_closing,
    finish_reopening,
    reopen_case,
    unarchive_records,
)
from casework.register.services.confidentiality import (
    lift_record_secrecy,
    lift_secrecy,
    mark_record_secret,
    mark_secret,
)
from casework.register.services.corrections import (
    CorrectedMeanwhile,
    correct,
    correct_fields,
    void_record,
    written,
)
from casework.register.services.file_texts import read_texts
from casework.register.services.letters import Sender, register_letter
from casework.register.services.moving import copy_record, move_record
from casework.register.services.outcomes import set_case_scope, set_outcome
from casework.register.services.own_records import OwnFile, register_generated_record
from casework.register.services.public_events import move_public_event, note_public_event
from casework.register.services.publication import (
    end_publication,
    publish,
    publish_chosen,
    publish_files,
    publish_record,
    unpublish,
)
from casework.register.services.records import attach_file, file_record, register_record
from casework.register.services.registration import (
    add_number,
    ensure_series,
    register_case,
    register_cases,
    register_historic,
    set_followers,
)
from casework.register.services.terms import (
    keep_term,
    remember_party,
    remove_term,
    save_letter_template,
)
from casework.register.services.texts import write_text, write_texts
from casework.register.services.voiding import merge_cases, void_case

__all__ = [
    "CorrectedMeanwhile",
    "Ending",
    "OwnFile",
    "Sender",
    "add_number",
    "archive_records",
    "assign_officer",
    "assign_unit",
    "attach_file",
    "audit_numbers",
    "close_case",
    "copy_record",
    "correct",
    "correct_fields",
    "end_grant",
    "end_publication",
    "ensure_series",
    "file_record",
    "finish_closing",
    "finish_reopening",
    "grant_access",
    "keep_term",
    "lift_record_secrecy",
    "lift_secrecy",
    "link_cases",
    "mark_record_secret",
    "mark_secret",
    "merge_cases",
    "move_public_event",
    "move_record",
    "note_public_event",
    "publish",
    "publish_chosen",
    "publish_files",
    "publish_record",
    "read_texts",
    "register_case",
    "register_cases",
    "register_generated_record",
    "register_historic",
    "register_letter",
    "register_record",
    "remember_party",
    "remove_term",
    "reopen_case",
    "save_change",
    "save_letter_template",
    "set_case_scope",
    "set_due",
    "set_followers",
    "set_outcome",
    "take_back_assignment",
    "unarchive_records",
    "unpublish",
    "void_case",
    "void_record",
    "write_text",
    "write_texts",
    "written",
]
