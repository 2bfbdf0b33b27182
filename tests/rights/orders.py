# SPDX-License-Identifier: EUPL-1.2
"""As ``calls``, for orders of records."""

from __future__ import annotations

from casework.disclosure import services as disclosure
from tests.rights.calls import Call

DISCLOSURE: dict[str, Call] = {
    "answer_disclosure": lambda w, who: disclosure.answer_disclosure(
        request=w.request, outcome="missing", answer="Nej.", actor=who
    ),
    "note_decision": lambda w, who: disclosure.note_decision(
        request=w.wanted, number=w.case.dnr, actor=who
    ),
    "want_decision": lambda w, who: disclosure.want_decision(code=w.wanted.code),
    "request_disclosure": lambda w, who: disclosure.request_disclosure(number="", text="Allt"),
    "withdraw_request": lambda w, who: disclosure.withdraw_request(
        request=w.request, reason="Fel", actor=who
    ),
    "list_records": lambda w, who: disclosure.list_records(
        request=w.request, records=[w.record], actor=who
    ),
    "list_records: what is not here": lambda w, who: disclosure.list_records(
        request=w.request, said="Protokoll", actor=who
    ),
    "ask_officer": lambda w, who: disclosure.ask_officer(item=w.item, actor=who),
    "review_item": lambda w, who: disclosure.review_item(item=w.item, outcome="granted", actor=who),
    "review_item: asked of the officer": lambda w, who: disclosure.review_item(
        item=w.asked_item, outcome="granted", actor=who
    ),
    "unlist": lambda w, who: disclosure.unlist(item=w.item, actor=who),
}
