# SPDX-License-Identifier: EUPL-1.2
"""As ``calls``, for what goes out and what becomes of a case after its end."""

from __future__ import annotations

from django.utils import timezone

from casework.archive import services as archive
from casework.archive.enums import ClosingState
from casework.archive.models import Closing, DisposalDecision
from casework.dispatch import services as dispatch
from casework.dispatch.models import Dispatch
from casework.dispatch.services import Receiver
from casework.inbox import services as inbox
from casework.register.enums import Outcome
from casework.register.models import ClassCode
from tests.rights.calls import REASON, Call, a_pdf
from tests.rights.world import TODAY, World


def _sent(w: World) -> Dispatch:
    officer = w.city.people["registrator"]
    (row,) = dispatch.dispatch_record(
        record=w.record, receivers=[Receiver("Föreningen")], way="post", actor=officer
    )
    return row


def _decision(w: World) -> DisposalDecision:
    weeded = ClassCode.objects.filter(retention="weed")
    return archive.record_decision(
        authority=w.case.authority, reference="KS § 4", decided_on=TODAY(), classes=weeded,
        actor=None,
    )  # fmt: skip


def _closed(w: World) -> Closing:
    row = Closing.objects.create(
        case=w.closed, outcome=w.closed.outcome, decided_on=w.closed.decided_on, total=1,
        by=w.city.people["registrator"], state=ClosingState.DONE, finished_at=timezone.now(),
    )  # fmt: skip
    Closing.objects.filter(pk=row.pk).update(ordered_at=w.closed.closed_at)
    return row


DISPATCH: dict[str, Call] = {
    "dispatch_record": lambda w, who: dispatch.dispatch_record(
        record=w.record, receivers=[Receiver("Föreningen")], way="post", actor=who
    ),
    "note_receipt": lambda w, who: dispatch.note_receipt(
        dispatch=_sent(w), received_on=TODAY(), note="", actor=who
    ),
}

ARCHIVE: dict[str, Call] = {
    "close": lambda w, who: archive.close(
        case=w.case, outcome=Outcome.ANSWERED, decided_on=None, actor=who, despite=REASON
    ),
    "undo_closing": lambda w, who: archive.undo_closing(
        closing=_closed(w), reason=REASON, actor=who
    ),
    "set_retention": lambda w, who: archive.set_retention(
        record=w.record, retention="keep", actor=who
    ),
    "record_decision": lambda w, who: archive.record_decision(
        authority=w.case.authority, reference="KS § 4", decided_on=TODAY(),
        classes=ClassCode.objects.filter(retention="weed"), actor=who,
    ),
    "dispose": lambda w, who: archive.dispose(decision=_decision(w), cases=[w.case], actor=who),
}  # fmt: skip


INBOX: dict[str, Call] = {
    "receive_mail": lambda w, who: inbox.receive_mail(
        authority=w.case.authority, data=b"Subject: Hej\n\nHej", source="", actor=who
    ),
    "receive_scan": lambda w, who: inbox.receive_scan(
        authority=w.case.authority, files=[a_pdf()], source="", actor=who
    ),
    "receive_letter": lambda w, who: inbox.receive_letter(
        authority=w.case.authority, title="Hej", actor=who
    ),
    "file_as_new_case": lambda w, who: inbox.file_as_new_case(
        item=w.came, series=w.series, title="Ny", actor=who
    ),
    "file_as_record": lambda w, who: inbox.file_as_record(
        item=w.came, case=w.case, title="Ny", actor=who
    ),
    "file_as_order": lambda w, who: inbox.file_as_order(item=w.came, text="Allt", actor=who),
    "hand_over_case": lambda w, who: inbox.hand_over_case(
        case=w.twin, authority=w.other_case.authority, reason="Fel myndighet", actor=who
    ),
    "forward_item": lambda w, who: inbox.forward_item(
        item=w.came, address="a@example.com", actor=who
    ),
    "set_aside": lambda w, who: inbox.set_aside(item=w.came, aside="minor", actor=who),
    "undo": lambda w, who: inbox.undo(item=w.put_aside, actor=who),
}
