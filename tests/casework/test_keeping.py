# SPDX-License-Identifier: EUPL-1.2
"""What becomes of records: moved and copied, sent out, archived with their case."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.archive import services as archive
from casework.archive.enums import ClosingState
from casework.archive.tasks import retry_closings
from casework.consultation.services import Asked, close_consultation, open_consultation
from casework.dispatch.enums import SendingState
from casework.dispatch.models import Dispatch
from casework.dispatch.services import Receiver, dispatch_record, note_receipt
from casework.dispatch.tasks import retry_dispatches, send_dispatch
from casework.journal.models import JournalEntry
from casework.organisation.models import User
from casework.register.enums import Direction, Outcome
from casework.register.models import Case, Record
from casework.register.services import (
    attach_file,
    close_case,
    copy_record,
    mark_record_secret,
    mark_secret,
    move_record,
    register_record,
    reopen_case,
)
from casework.register.services.records import RecordFields
from tests.casework.letters import PDF, faults, letter
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(city: SmallCity) -> User:
    return city.people["registrator"]


def answer(case: Case, registrar: User, **fields: object) -> Record:
    """An outgoing record."""
    given: RecordFields = {
        "direction": Direction.OUTGOING, "title": "Svar", "received_date": timezone.localdate(),
    }  # fmt: skip
    return register_record(case=case, actor=registrar, **given, **fields)


def test_9_no_case_is_closed_with_a_decision_of_a_day_to_come(
    city: SmallCity, registrar: User
) -> None:
    case = city.letter
    assert case is not None
    answer(case, registrar)
    today = timezone.localdate()
    told: dict[str, Any] = {"case": case, "outcome": Outcome.ANSWERED, "actor": registrar}
    for closing in (close_case, archive.close):
        with pytest.raises(ValidationError, match="ligger i framtiden") as refused:
            closing(decided_on=today + dt.timedelta(days=1), despite="Ändå", **told)
        assert set(refused.value.message_dict) == {"decided_on"}
    case.refresh_from_db()
    assert case.closed_at is None
    close_case(decided_on=today, despite="Ändå", **told)


# Moved and copied.


def test_a_record_in_the_wrong_case_gets_a_number_where_it_belongs(registrar: User) -> None:
    wrong, right = letter(registrar), letter(registrar, "Rätt")
    record = wrong.records.get()
    new = move_record(record=record, into=right, reason="Fel ärende.", actor=registrar)
    record.refresh_from_db()
    assert record.is_void
    assert (new.case, new.dnr, new.copied_from) == (right, f"{right.dnr}-2", record)
    assert new.received_date == record.received_date
    with new.files.get().file.open("rb") as file:
        assert file.read() == PDF
    assert new.files.get().file.name != record.files.get().file.name
    told = JournalEntry.objects.filter(action="register.record_moved").get()
    assert told.after["into_number"] == right.dnr
    assert not faults()


def test_a_copy_keeps_its_secrecy_and_the_first_stays(registrar: User) -> None:
    one, other = letter(registrar), letter(registrar, "Annat")
    record = one.records.get()
    mark_record_secret(record=record, provision="OSL 21:1", note="Sida 3", actor=registrar)
    new = copy_record(record=record, into=other, actor=registrar)
    record.refresh_from_db()
    assert not record.is_void
    assert (new.secrecy_provision, new.secrecy_note) == ("OSL 21:1", "Sida 3")
    assert not faults()


def test_nothing_is_moved_into_the_same_or_a_void_case(registrar: User) -> None:
    case = letter(registrar)
    record = case.records.get()
    with pytest.raises(ValidationError, match="redan i det"):
        copy_record(record=record, into=case, actor=registrar)
    other = letter(registrar, "Annat")
    Case.objects.filter(pk=other.pk).update(voided_at=timezone.now())
    other.refresh_from_db()
    with pytest.raises(ValidationError, match="tar inte emot"):
        move_record(record=record, into=other, reason="Fel.", actor=registrar)
    assert not Record.objects.get(pk=record.pk).is_void


# Sent out.


def test_what_goes_by_mail_has_its_files_and_is_noted(
    registrar: User, django_capture_on_commit_callbacks: object
) -> None:
    record = letter(registrar).records.get()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        rows = dispatch_record(
            record=record, actor=registrar, way="mail",
            receivers=[Receiver("Föreningen", "brev@example.com"), Receiver("", "a@example.com")],
        )  # fmt: skip
    for row in rows:
        send_dispatch.func(row.pk)
    assert {tuple(m.to) for m in mail.outbox} >= {("brev@example.com",), ("a@example.com",)}
    assert mail.outbox[-1].attachments[0][0] == "brev.pdf"
    assert set(Dispatch.objects.values_list("state", flat=True)) == {SendingState.SENT}
    note_receipt(dispatch=rows[0], received_on=timezone.localdate(), note="Svar", actor=registrar)
    assert not faults()


@pytest.mark.parametrize("secret", ["case", "record"])
def test_what_is_secret_never_goes_by_mail(registrar: User, secret: str) -> None:
    case = letter(registrar)
    record = case.records.get()
    to = [Receiver("Föreningen", "brev@example.com")]
    (ordered,) = dispatch_record(record=record, actor=registrar, way="mail", receivers=to)
    if secret == "case":
        mark_secret(case=case, provision="OSL 18:8", actor=registrar)
    else:
        mark_record_secret(record=record, provision="OSL 18:8", actor=registrar)
    record = Record.objects.get(pk=record.pk)
    with pytest.raises(ValidationError, match="skickas inte"):
        dispatch_record(record=record, actor=registrar, way="mail", receivers=to)
    send_dispatch.func(ordered.pk)  # ordered before it was marked
    ordered.refresh_from_db()
    assert ordered.state == SendingState.FAILED
    assert not mail.outbox


def test_a_mail_server_that_is_down_is_tried_again(
    registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = letter(registrar).records.get()
    to = [Receiver("Föreningen", "brev@example.com")]
    (row,) = dispatch_record(record=record, actor=registrar, way="mail", receivers=to)

    def down(*_args: object, **_kwargs: object) -> int:
        raise OSError("nere")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", down)
        send_dispatch.func(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (SendingState.FAILED, 1)
    assert retry_dispatches() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5), tick=False):
        assert retry_dispatches() == 1
    send_dispatch.func(row.pk)
    row.refresh_from_db()
    assert row.state == SendingState.SENT


@pytest.mark.parametrize(
    ("way", "receivers", "words"),
    [
        ("mail", [Receiver("Föreningen")], "e-postadress"),
        ("post", [], "minst en mottagare"),
        ("brevduva", [Receiver("X")], "ur listan"),
    ],
)
def test_who_gets_it_and_how_is_said_at_the_field(
    registrar: User, way: str, receivers: list[Receiver], words: str
) -> None:
    record = letter(registrar).records.get()
    with pytest.raises(ValidationError, match=words):
        dispatch_record(record=record, actor=registrar, way=way, receivers=receivers)
    assert not Dispatch.objects.exists()


# Closed.


def test_closing_says_what_is_missing_and_wants_a_reason_to_go_on(registrar: User) -> None:
    case = letter(registrar)
    record = answer(case, registrar)
    asked = open_consultation(
        case=case, consultees=[Asked(name="Föreningen")], question="Vad tycker ni?",
        deadline=timezone.localdate() + dt.timedelta(days=30), actor=registrar,
    )  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        close_case(case=case, outcome=Outcome.ANSWERED, decided_on=None, actor=registrar)
    said = " ".join(refused.value.messages)
    assert record.dnr in said
    assert "Remiss 1 är inte avslutad" in said
    case.refresh_from_db()
    assert case.closed_at is None
    close_consultation(consultation=asked, actor=registrar)
    dispatch_record(record=record, way="hand", receivers=[Receiver("Bo")], actor=registrar)
    close_case(case=case, outcome=Outcome.ANSWERED, decided_on=None, actor=registrar)
    assert case.closed_at is not None


def test_who_closes_nevertheless_is_remembered_with_the_reason(registrar: User) -> None:
    case = letter(registrar)
    answer(case, registrar)
    close_case(
        case=case, outcome=Outcome.ANSWERED, decided_on=None, actor=registrar,
        despite="Lämnat vid besök.",
    )  # fmt: skip
    entry = JournalEntry.objects.filter(action="register.closed").latest("pk")
    assert entry.reason == "Lämnat vid besök."


def test_records_are_archived_one_event_each_and_all_of_it_is_undone(registrar: User) -> None:
    case = letter(registrar)
    for number in range(3):
        register_record(
            case=case, actor=registrar, direction=Direction.INCOMING, title=f"Bilaga {number}",
            received_date=timezone.localdate(),
        )  # fmt: skip
    close_case(case=case, outcome=Outcome.FILED, decided_on=None, actor=registrar)
    told = JournalEntry.objects.filter(subject=case.subject)
    assert told.filter(action="register.record_archived").count() == 4
    assert not case.records.filter(archived_at=None).exists()
    assert not faults()
    reopen_case(case=case, reason="Nytt brev.", actor=registrar)
    assert not case.records.exclude(archived_at=None).exists()
    assert told.filter(action="register.record_unarchived").count() == 4
    assert not faults()


@pytest.mark.parametrize(
    ("outcome", "stays"), [(Outcome.ANSWERED, False), (Outcome.FILED, False), ("approved", True)]
)
def test_9_a_case_that_is_open_again_is_not_answered(
    registrar: User, outcome: str, stays: bool
) -> None:
    """Lists said of an open case how it had been closed; what a body decided does stand."""
    case, day = letter(registrar), timezone.localdate()
    close_case(case=case, outcome=outcome, decided_on=day, actor=registrar)
    reopen_case(case=case, reason="Nytt brev.", actor=registrar)
    case.refresh_from_db()
    assert (case.outcome, case.decided_on) == ((outcome, day) if stays else ("", None))
    entry = JournalEntry.objects.filter(action="register.reopened").latest("pk")
    assert entry.before.get("outcome", outcome) == outcome
    assert not faults()


def test_a_big_case_is_closed_in_the_background_with_progress(
    registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.archive.services.closing.AT_ONCE", 2)
    case = letter(registrar)
    for number in range(3):
        register_record(
            case=case, actor=registrar, direction=Direction.INCOMING, title=f"Bilaga {number}",
            received_date=timezone.localdate(),
        )  # fmt: skip
    closing = archive.close(case=case, outcome=Outcome.FILED, decided_on=None, actor=registrar)
    assert closing is not None
    case.refresh_from_db()
    assert case.closed_at is None
    with pytest.raises(ValidationError, match="redan"):
        archive.close(case=case, outcome=Outcome.FILED, decided_on=None, actor=registrar)
    archive.run_closing(closing.pk)
    archive.run_closing(closing.pk)  # once more by a queue that forgot
    closing.refresh_from_db()
    case.refresh_from_db()
    assert (closing.state, closing.done) == (ClosingState.DONE, 4)
    assert case.closed_at is not None
    assert not faults()


def test_a_closing_asks_for_the_right_anew(
    registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.archive.services.closing.AT_ONCE", 0)
    case = letter(registrar)
    closing = archive.close(case=case, outcome=Outcome.FILED, decided_on=None, actor=registrar)
    assert closing is not None
    registrar.appointments.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    archive.run_closing(closing.pk)
    closing.refresh_from_db()
    case.refresh_from_db()
    assert closing.state == ClosingState.FAILED
    assert "registratorn" in closing.error
    assert case.closed_at is None


def test_a_closing_whose_worker_died_is_taken_up_again_and_closes_once(
    registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.archive.services.closing.AT_ONCE", 0)
    case = letter(registrar)
    closing = archive.close(case=case, outcome=Outcome.FILED, decided_on=None, actor=registrar)
    assert closing is not None
    handed: list[int] = []
    queue = SimpleNamespace(enqueue=handed.append)
    monkeypatch.setattr("casework.archive.tasks.close", queue)
    assert retry_closings() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        assert retry_closings() == 1
        assert retry_closings() == 0  # it has been handed over
    assert handed == [closing.pk]
    archive.run_closing(closing.pk)
    archive.run_closing(closing.pk)
    told = JournalEntry.objects.filter(subject=case.subject, action="register.closed")
    assert told.count() == 1


def test_an_archived_record_takes_no_more_files_until_its_case_is_open(registrar: User) -> None:
    case = letter(registrar)
    close_case(case=case, outcome=Outcome.FILED, decided_on=None, actor=registrar)
    record = case.records.get()
    with pytest.raises(ValidationError, match="arkiverad"):
        attach_file(record=record, file=SimpleUploadedFile("a.pdf", PDF), actor=registrar)
    reopen_case(case=case, reason="En bilaga till.", actor=registrar)
    attach_file(record=case.records.get(), file=SimpleUploadedFile("a.pdf", PDF), actor=registrar)
    assert case.records.get().files.count() == 2
