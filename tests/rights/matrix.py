# SPDX-License-Identifier: EUPL-1.2
"""The written matrix: for each service of each room, whom it lets do the thing.

A key is the service's name, with what distinguishes the row after a colon where one is not enough.
``docs/rights-matrix.md`` shows it.
"""

from __future__ import annotations

from casework.process.specs import Mandate
from tests.rights.people import COLUMNS

Who = frozenset[str]
EVERYBODY: Who = frozenset(COLUMNS)
NOBODY: Who = frozenset()


def _who(*names: str) -> Who:
    assert set(names) <= set(COLUMNS), set(names) - set(COLUMNS)
    return frozenset(names)


ADMINISTRATOR = _who("administrator", "other_administrator")
REGISTRAR = _who("registrar")
ANY_REGISTRAR = _who("registrar", "other_registrar")
LOOK_AFTER = _who("registrar", "case_officer")
LIAISON = _who("liaison")
ORIGINATOR = _who("originator")
AUTHORS = _who("originator", "co_author")
OFFICER = _who("case_officer")
OFFICE = _who("office", "manager")
PLANNERS = ADMINISTRATOR | OFFICE
JUDGES = _who("group_chair", "group_member")
GROUP = _who("group_chair", "group_member", "group_secretary")
GROUP_LEADS = _who("group_chair", "group_secretary")
COMMITTEE = _who("committee_chair", "committee_member", "committee_secretary")
COUNCIL = _who(
    "council_chair", "council_member", "council_secretary", "committee_chair", "committee_member"
)
CITY_COUNCIL = _who("kf_secretary", "kf_chair")
WRITERS = _who("registrar", "case_officer", "officer", "office", "manager")
LETS_FOLLOW = _who("originator", "co_author", "liaison", "case_officer")

MATRIX: dict[str, dict[str, Who]] = {
    "casework.register": {
        "register_case": REGISTRAR,
        "register_cases": REGISTRAR,
        "register_historic": REGISTRAR,
        "assign_unit": LOOK_AFTER,
        "take_back_assignment": LOOK_AFTER,
        "set_due": LOOK_AFTER,
        "keep_term": ANY_REGISTRAR | ADMINISTRATOR,
        "keep_term: a sender": REGISTRAR,
        "remove_term": REGISTRAR,
        "remember_party": REGISTRAR,
        "save_letter_template": REGISTRAR,
        "register_letter": REGISTRAR,
        "register_letter: in an open case": LOOK_AFTER,
        "register_record": LOOK_AFTER,
        "attach_file": LOOK_AFTER,
        "add_number": REGISTRAR,
        "audit_numbers": REGISTRAR | ADMINISTRATOR,
        "publish": REGISTRAR,
        "publish_chosen": REGISTRAR,
        "unpublish": REGISTRAR,
        "publish_record": REGISTRAR,
        "publish_files": REGISTRAR,
        "correct": REGISTRAR,
        "correct: a record": REGISTRAR,
        "correct_fields": REGISTRAR,
        "lift_record_secrecy": REGISTRAR,
        "void_record": REGISTRAR,
        "void_case": REGISTRAR,
        "merge_cases": REGISTRAR,
        "merge_cases: into another authority's": NOBODY,
        "mark_secret": LOOK_AFTER,
        "mark_record_secret": LOOK_AFTER,
        "lift_secrecy": REGISTRAR,
        "assign_officer": LOOK_AFTER,
        "link_cases": LOOK_AFTER,
        "archive_records": LOOK_AFTER,
        "finish_closing": LOOK_AFTER,
        "copy_record": LOOK_AFTER,
        "move_record": REGISTRAR,
        "close_case": LOOK_AFTER,
        "reopen_case": REGISTRAR,
        "unarchive_records": REGISTRAR,
        "finish_reopening": REGISTRAR,
        "grant_access": LOOK_AFTER,
        "end_grant": LOOK_AFTER,
    },
    "casework.disclosure": {
        "answer_disclosure": ANY_REGISTRAR,
        "note_decision": ANY_REGISTRAR,
        "want_decision": EVERYBODY,
        "request_disclosure": EVERYBODY,
        "withdraw_request": ANY_REGISTRAR,
        "list_records": REGISTRAR,
        "list_records: what is not here": ANY_REGISTRAR,
        "ask_officer": REGISTRAR,
        "review_item": REGISTRAR,
        "review_item: asked of the officer": LOOK_AFTER,
        "unlist": REGISTRAR,
    },
    "casework.organisation": {
        "appoint": ADMINISTRATOR,
        "change_appointment": ADMINISTRATOR,
        "end_appointment": ADMINISTRATOR,
        "take_back_appointment": ADMINISTRATOR,
        "end_body": ADMINISTRATOR,
        "create_person": ADMINISTRATOR,
        "change_person": ADMINISTRATOR,
        "reset_password": ADMINISTRATOR,
        "keep": ADMINISTRATOR,
    },
    "casework.follow_up": {
        "set_reminder": LOOK_AFTER,
        "move_reminder": LOOK_AFTER,
        "complete_reminder": LOOK_AFTER,
        "tick_record": LOOK_AFTER,
        "see_case": EVERYBODY,
        "set_stand_in": REGISTRAR | ADMINISTRATOR,
        "end_stand_in": REGISTRAR | ADMINISTRATOR,
    },
    "casework.saved_lists": {
        "save_list": EVERYBODY,
        "change_list": REGISTRAR,
        "remove_list": REGISTRAR,
        "choose_columns": EVERYBODY,
        "choose_columns: of a saved list": REGISTRAR,
        "note_together": EVERYBODY,
        "keep_left": REGISTRAR,
    },
    "casework.planning": {
        "open_cycle": PLANNERS,
        "copy_cycle": PLANNERS,
        "change_round": PLANNERS,
        "add_area": PLANNERS,
        "change_area": PLANNERS,
        "set_merge_rule": PLANNERS,
        "take_in_new_area": PLANNERS,
        "set_frame": PLANNERS,
        "mark_open": PLANNERS,
        "mark_closed": PLANNERS,
        "save_criteria": PLANNERS,
        "take_criteria_into_use": PLANNERS,
    },
    "casework.meetings": {
        "plan_meeting": GROUP_LEADS | OFFICE,
        "set_agenda": GROUP_LEADS | OFFICE,
        "call_meeting": GROUP_LEADS | OFFICE,
        "cancel_meeting": GROUP_LEADS | OFFICE,
        "open_meeting": GROUP_LEADS,
        "note_attendance": GROUP_LEADS,
        "note_disqualification": GROUP_LEADS,
        "note_disqualification: one's own": GROUP,
        "note_outcome": GROUP,
        "undo_outcome": GROUP,
        "table_cases": GROUP,
        "note_visit": GROUP | OFFICE,
        "save_minutes": GROUP_LEADS,
        "close_meeting": GROUP_LEADS,
        "approve_minutes": GROUP_LEADS,
        "announce_minutes": GROUP_LEADS,
        "record_decision": GROUP,
        "record_decision: by delegation": _who("group_chair"),
        "note_historic_decision": REGISTRAR,
        "correct_decision": GROUP_LEADS,
        "register_minutes_extract": GROUP_LEADS | REGISTRAR,
        "note_dissent": GROUP_LEADS,
        "note_dissent: one's own": GROUP,
        "write_statement": GROUP,
    },
    "casework.inbox": {
        "receive_mail": REGISTRAR,
        "dispose_items": REGISTRAR,
        "receive_scan": REGISTRAR,
        "receive_letter": REGISTRAR,
        "file_as_new_case": REGISTRAR,
        "file_as_record": REGISTRAR,
        "file_as_order": REGISTRAR,
        "hand_over_case": REGISTRAR,
        "forward_item": REGISTRAR,
        "set_aside": REGISTRAR,
        "undo": REGISTRAR,
    },
    # One's own news: nobody reads or chooses for somebody else.
    "casework.feedback": {"choose_channel": EVERYBODY, "mark_read": EVERYBODY},
    "casework.initiatives": {
        "begin": EVERYBODY,
        "write_answers: the originator's part": AUTHORS,
        "copy_answers": AUTHORS,
        "attach": AUTHORS,
        "detach": AUTHORS,
        "discard": ORIGINATOR,
        "write_answers: the contact person's part": LIAISON,
        "write_answers: the officer's part": OFFICER,
        "create_batch": LIAISON,
        "follow": LETS_FOLLOW,
        "unfollow": LETS_FOLLOW,
        "draft_form": ADMINISTRATOR,
        "save_form": ADMINISTRATOR,
        "take_form_into_use": ADMINISTRATOR,
        "keep_goal": ADMINISTRATOR,
    },
    "casework.dispatch": {
        "dispatch_record": LOOK_AFTER,
        "note_receipt": LOOK_AFTER,
    },
    "casework.archive": {
        "close": LOOK_AFTER,
        "undo_closing": REGISTRAR,
        "set_retention": LOOK_AFTER,
        "record_decision": REGISTRAR,
        "dispose": REGISTRAR,
    },
    "casework.consultation": {
        "open_consultation": LOOK_AFTER,
        "add_consultee": LOOK_AFTER,
        "extend_consultee": LOOK_AFTER,
        "note_answer": LOOK_AFTER | LIAISON,
        "close_consultation": LOOK_AFTER,
        "state_no_consultation": LOOK_AFTER,
        "ask_expert": LOOK_AFTER,
        "withdraw_expert": LOOK_AFTER,
        "answer_expert": _who("expert"),
    },
    "casework.process": {
        "report_progress": OFFICER | LIAISON,
        "save_programme": _who("committee_chair", "committee_member", "committee_secretary"),
        "start_draft": EVERYBODY,
        "start_for": LIAISON,
        "copy_draft": AUTHORS,
        "save_draft": AUTHORS,
        "attach_file": AUTHORS,
        "remove_file": AUTHORS,
        "discard_draft": ORIGINATOR,
        "submit": AUTHORS,
        "submit: with answers missing": AUTHORS,
        "return_to_originator": LIAISON,
        "save_preparation": LIAISON,
        "save_preparation: once it is registered": OFFICER,
        "complete_preparation": LIAISON,
        "complete_preparation: with answers missing": LIAISON,
        "reopen_preparation": LIAISON,
        "join_with": LIAISON,
        "send_batch": LIAISON,
        "send_batch: of nothing": LIAISON,
        "send_back": REGISTRAR,
        "register": REGISTRAR,
        "register: once more by its token": REGISTRAR,
        "withdraw": ORIGINATOR,
        "accept_scope": OFFICER,
        "exclude_scope": OFFICER,
        "exclude_scope: without a reason": OFFICER,
        "reconsider_scope": OFFICE,
        "uphold_scope": OFFICE,
        "hand_to_group": OFFICER,
        "postpone": OFFICER,
        "start_implementation": OFFICER,
        "finish_implementation": OFFICER,
        "decide_noted": GROUP_LEADS,
        "admit": GROUP,
        "request_completion": GROUP,
        "request_completion: without a question": GROUP,
        "reject": GROUP,
        "complete": LIAISON,
        "defer": GROUP,
        "nominate_supplement": PLANNERS,
        "change_round_of": PLANNERS,
        "open_round": PLANNERS,
        "close_round": PLANNERS,
        "close_round: with something left": PLANNERS,
    },
    "casework.assessment": {
        "save_scores": JUDGES,
        "save_places": JUDGES,
        "submit_sheet": JUDGES,
        "open_scores": _who("group_chair"),
        "agree_scores": GROUP,
    },
    "casework.prioritisation": {
        "suggest_order": GROUP,
        "save_order": GROUP,
        "keep_rehearsal": GROUP,
        "throw_rehearsal": _who("group_chair"),
        "take_over_rehearsal: the chair's own": _who("group_chair"),
        "take_over_rehearsal: a member's own": NOBODY,
        "fix_ranking": GROUP,
        "reopen_ranking": _who("group_chair"),
        "leave_out": OFFICE,
        "hand_eservices_to_committee": OFFICE,
        "give_committee_opinion": COMMITTEE,
        "give_committee_opinion: of no known kind": COMMITTEE,
        "save_proposal": OFFICE,
        "hand_over": OFFICE,
        "recommend": COUNCIL,
        "refer_back": COUNCIL,
        "decide": CITY_COUNCIL,
    },
    "docgen": {
        "create_report": WRITERS,
        "save_draft": WRITERS,
        "request_generation": WRITERS,
        "request_pdf": WRITERS,
        "receive_returned": WRITERS,
        "apply_returned": WRITERS,
        "finish_report": LOOK_AFTER,
        "weed_report": LOOK_AFTER,
        "upload_template": ADMINISTRATOR,
        "take_template_into_use": ADMINISTRATOR,
        "add_template": ADMINISTRATOR,
        "use_shipped_template": ADMINISTRATOR,
    },
}

OF_MANDATE: dict[Mandate, Who] = {
    Mandate.ORIGINATOR: ORIGINATOR,
    Mandate.AUTHOR: AUTHORS,
    Mandate.LIAISON: LIAISON,
    Mandate.REGISTRAR: REGISTRAR,
    Mandate.OFFICER: OFFICER,
    Mandate.GROUP: GROUP,
    Mandate.GROUP_CHAIR: _who("group_chair"),
    Mandate.COMMITTEE: COMMITTEE,
    Mandate.EXECUTIVE_OFFICE: OFFICE,
    Mandate.COUNCIL: COUNCIL,
    Mandate.CITY_COUNCIL: CITY_COUNCIL,
}
"""Who takes a step of the machines, by the mandate in the transition's spec."""

ASKED_BEFORE: dict[str, Who] = {
    "casework.register": frozenset({
        "end_publication", "ensure_series", "file_record", "move_public_event", "note_public_event",
        "read_texts", "register_generated_record",
        "save_change", "set_case_scope", "set_followers", "set_outcome", "write_text",
        "write_texts",
    }),
    "casework.disclosure": frozenset({"forget_contacts"}),
    "casework.inbox": frozenset({"untie_orders"}),
    "casework.organisation": frozenset({
        "change_own_password", "desk_group", "tell_account", "tell_account_deleted",
        "tell_password", "tell_second_factor",
    }),
    "casework.planning": frozenset({"lock_shares"}),
    "casework.initiatives": frozenset({
        "clear_attachments", "freeze", "let_all_follow", "note_joined", "note_scope",
        "write_answer_texts",
    }),
    "casework.process": frozenset({
        "defer_by", "join", "join_round_for", "lock_processes", "take_step",
    }),
    "casework.journal": frozenset({
        "lock_chain", "log", "log_many", "take_place", "take_place_and",
    }),
    "casework.feedback": frozenset({
        "acknowledge", "call_off_meeting", "call_to_meeting", "notify_of_assignment",
        "notify_of_merger", "notify_of_step",
    }),
    "casework.follow_up": frozenset({"note_new_record", "take_due_reminders"}),
    "casework.archive": frozenset({"run_closing", "run_undoing"}),
    "docgen": frozenset({"load_founding_report", "run_generation", "run_pdf"}),
}  # fmt: skip
"""Write part of what a person did, called by services that have asked; or the software's own."""

READS: dict[str, Who] = {
    "casework.initiatives": frozenset({"own_changes", "suggest_scope"}),
    "casework.process": frozenset(
        {
            "earliest_day", "missing_for", "part_written_by", "point_of", "series_of_the_model",
        }
    ),
    "casework.prioritisation": frozenset({"what_is_missing"}),
    "casework.register": frozenset({"written"}),
    "docgen": frozenset({"check_report", "read_returned", "render", "report_of"}),
    "search": frozenset(
        {
            "index_state", "search_internal", "search_public", "similar_cases",
            "similar_decisions",
            "similar_to_draft",
        }
    ),
}  # fmt: skip
"""Change nothing. What a person is shown of them is asked by the pages."""
