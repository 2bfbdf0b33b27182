# SPDX-License-Identifier: EUPL-1.2
"""The only writers of disclosure: one function per thing that a person does."""

from casework.disclosure.services.items import ask_officer, list_records, review_item, unlist
from casework.disclosure.services.requests import (
    UNTRIED,
    answer_disclosure,
    forget_contacts,
    note_decision,
    request_disclosure,
    want_decision,
    withdraw_request,
)

__all__ = [
    "UNTRIED",
    "answer_disclosure",
    "ask_officer",
    "forget_contacts",
    "list_records",
    "note_decision",
    "request_disclosure",
    "review_item",
    "unlist",
    "want_decision",
    "withdraw_request",
]
