# SPDX-License-Identifier: EUPL-1.2
"""Each record of an order is tried for itself; the answer follows from theirs (issue 9)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from casework.disclosure import services
from casework.disclosure.enums import DisclosureOutcome
from casework.disclosure.models import DisclosureItem, DisclosureRequest, HandedFile
from casework.disclosure.selectors import records_named, reviews_asked_of
from casework.disclosure.services.requests import together
from casework.journal.models import JournalEntry
from casework.register.audit import verify_register
from casework.register.models import Record
from casework.register.services import assign_officer, mark_record_secret, void_record
from desk.disclosure.forms import AnswerForm, ReviewForm
from tests.small_city import SmallCity, letter_record

pytestmark = pytest.mark.django_db


def masked(content: bytes = b"%PDF-1.7 maskad\n%%EOF") -> SimpleUploadedFile:
    """A masked copy."""
    return SimpleUploadedFile("maskad.pdf", content)


@pytest.fixture
def record(city: SmallCity) -> Record:
    """A record with a file."""
    return letter_record(city, "Plan")


@pytest.fixture
def item(city: SmallCity, record: Record) -> DisclosureItem:
    """It, taken up in an order."""
    order = services.request_disclosure(number=record.dnr, text="Planen")
    (made,) = services.list_records(
        request=order, records=[record], actor=city.people["registrator"]
    )
    return made


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "granted"}, "own"),
        ({"outcome": "partly", "provision": "OSL 21:1", "reason": "Namn."}, "masked"),
        ({"outcome": "partly", "masked": True, "reason": "Namn."}, "provision"),
        ({"outcome": "refused", "provision": "Hemligt", "reason": "Nej."}, "provision"),
        ({"outcome": "refused", "provision": "OSL 21:1"}, "reason"),
        ({"outcome": "missing"}, "reason"),
    ],
)
def test_9_each_outcome_asks_for_what_it_needs(
    city: SmallCity, item: DisclosureItem, given: dict[str, object], lacks: str
) -> None:
    if given.get("masked"):
        given = {**given, "masked": [masked()]}
    with pytest.raises(ValidationError) as refused:
        services.review_item(item=item, actor=city.people["registrator"], **given)  # type: ignore[arg-type]
    assert lacks in refused.value.message_dict
    item.refresh_from_db()
    assert not item.is_reviewed


def test_9_a_masked_copy_goes_through_the_gate(city: SmallCity, item: DisclosureItem) -> None:
    with pytest.raises(ValidationError, match="inte den sorts fil"):
        services.review_item(
            item=item, outcome="partly", provision="OSL 21:1", reason="Namn.",
            masked=[masked(b"MZ program")], actor=city.people["registrator"],
        )  # fmt: skip
    assert not HandedFile.objects.exists()


def test_9_a_masked_copy_is_not_handed_out_with_its_original(
    city: SmallCity, item: DisclosureItem, record: Record
) -> None:
    clerk = city.people["registrator"]
    why: dict[str, Any] = {"provision": "OSL 21:1", "reason": "Namn.", "actor": clerk}
    with pytest.raises(ValidationError, match="annars lämnas den ut omaskad") as refused:
        services.review_item(
            item=item, outcome="partly", masked=[masked()], own=record.files.all(), **why
        )
    assert set(refused.value.message_dict) == {"own"}
    assert not HandedFile.objects.exists()
    services.review_item(item=item, outcome="partly", masked=[masked()], **why)
    with pytest.raises(ValidationError, match="annars lämnas den ut omaskad"):  # the copy stays
        services.review_item(item=item, outcome="partly", own=record.files.all(), **why)


def test_9_no_file_is_ticked_before_somebody_chooses_it(
    city: SmallCity, item: DisclosureItem, record: Record
) -> None:
    assert ReviewForm(item=item)["own"].initial == []
    services.review_item(
        item=item, outcome="granted", own=record.files.all(), actor=city.people["registrator"]
    )
    item.refresh_from_db()
    assert ReviewForm(item=item)["own"].initial == [file.pk for file in record.files.all()]


def test_9_a_marked_record_is_given_only_with_words_on_why(
    city: SmallCity, item: DisclosureItem, record: Record
) -> None:
    clerk = city.people["registrator"]
    mark_record_secret(record=record, provision="OSL 21:1", actor=clerk)
    files = record.files.all()
    with pytest.raises(ValidationError, match="sekretessmarkerad"):
        services.review_item(item=item, outcome="granted", own=files, actor=clerk)
    services.review_item(
        item=item, outcome="granted", own=files, reason="Den enskilde är död sedan länge.",
        actor=clerk,
    )  # fmt: skip


def test_9_no_file_of_another_record_is_handed_out(city: SmallCity, item: DisclosureItem) -> None:
    other = letter_record(city, "Annan")
    with pytest.raises(ValidationError, match="annan handling"):
        services.review_item(
            item=item, outcome="granted", own=other.files.all(), actor=city.people["registrator"]
        )


def test_9_until_the_answer_is_sent_a_record_can_be_tried_anew_then_never(
    city: SmallCity, item: DisclosureItem, record: Record
) -> None:
    clerk = city.people["registrator"]
    why: dict[str, Any] = {"provision": "OSL 21:1", "reason": "Namn.", "actor": clerk}
    services.review_item(item=item, outcome="partly", masked=[masked()], **why)
    services.review_item(item=item, outcome="partly", **why)  # the copy stays
    assert item.files.count() == 1
    services.review_item(item=item, outcome="refused", **why)
    assert not item.files.exists()
    services.review_item(item=item, outcome="partly", masked=[masked()], **why)
    assert verify_register().faults == []
    services.answer_disclosure(request=item.request, actor=clerk)
    with pytest.raises(ValidationError, match="redan besvarad"):
        services.review_item(item=item, outcome="refused", **why)
    for table in ("disclosure_disclosureitem", "disclosure_handedfile"):
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
            with pytest.raises(DatabaseError), transaction.atomic():
                _execute(change)
    assert verify_register().faults == []


def _execute(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_9_what_was_handed_out_can_be_shown_later(
    city: SmallCity, item: DisclosureItem, record: Record
) -> None:
    clerk = city.people["registrator"]
    services.review_item(
        item=item, outcome="partly", provision="OSL 21:1", reason="Namn.", masked=[masked()],
        actor=clerk,
    )  # fmt: skip
    services.answer_disclosure(request=item.request, actor=clerk)
    file = HandedFile.objects.get()
    told = JournalEntry.objects.get(action="disclosure.reviewed")
    assert told.after["files"] == [file.sha256]
    assert told.actor == clerk
    in_case = JournalEntry.objects.get(action="disclosure.record_answered")
    assert in_case.subject == record.case.subject
    assert in_case.after == {"dnr": record.dnr, "disclosed": "partly"}
    file.copy.storage.delete(str(file.copy.name))
    assert any("filen saknas" in fault for fault in verify_register().faults)


def test_9_the_officer_may_be_asked_and_others_may_not_decide(
    city: SmallCity, item: DisclosureItem, record: Record
) -> None:
    clerk, officer = city.people["registrator"], city.people["handlaggare"]
    try_it = {"item": item, "outcome": "granted", "own": record.files.all(), "actor": officer}
    with pytest.raises(ValidationError, match="ingen handläggare"):
        services.ask_officer(item=item, actor=clerk)
    assign_officer(case=record.case, officer=officer, actor=clerk)
    with pytest.raises(PermissionDenied):
        services.review_item(**try_it)  # type: ignore[arg-type]
    services.ask_officer(item=item, actor=clerk)
    assert list(reviews_asked_of(officer)) == [item]
    assert not reviews_asked_of(clerk).exists()
    services.review_item(**try_it)  # type: ignore[arg-type]
    assert not reviews_asked_of(officer).exists()


def test_9_the_whole_follows_from_the_records() -> None:
    granted, partly, refused, missing = DisclosureOutcome
    assert together([granted, granted]) == granted
    assert together([granted, missing]) == granted
    assert together([missing]) == missing
    assert together([refused, refused]) == refused
    assert together([granted, refused]) == partly
    assert together([granted, partly, missing]) == partly


def test_9_an_answer_waits_until_each_record_is_tried(
    city: SmallCity, item: DisclosureItem
) -> None:
    with pytest.raises(ValidationError, match=str(item)):
        services.answer_disclosure(request=item.request, actor=city.people["registrator"])


def test_9_without_a_record_that_is_tried_nothing_is_answered_but_that_it_is_missing(
    city: SmallCity,
) -> None:
    clerk = city.people["registrator"]
    order = services.request_disclosure(number="", text="Planen")
    for outcome in ("granted", "partly", "refused"):
        with pytest.raises(ValidationError, match="Utan vald handling") as refused:
            services.answer_disclosure(request=order, outcome=outcome, answer="Ja.", actor=clerk)
        assert set(refused.value.message_dict) == {"outcome"}
        form = AnswerForm({"outcome": outcome, "answer": "Ja."})
        assert "Utan vald handling" in form.errors["outcome"][0]
    services.answer_disclosure(request=order, outcome="missing", answer="Nej.", actor=clerk)


def test_9_a_number_offers_records_that_the_registrar_sees(city: SmallCity, record: Record) -> None:
    clerk, reader = city.people["registrator"], city.people["ledamot"]
    assert list(records_named(clerk, record.dnr)) == [record]
    by_case = list(records_named(clerk, record.case.dnr.lower().replace(" ", "")))
    assert record in by_case
    assert city.secret is not None
    number = f"{record.case.serial}:{record.entry.record_number}"
    assert list(records_named(clerk, number)) == [record]
    assert not records_named(reader, city.secret.dnr).exists()
    for nonsense in ("", "\x00", "9" * 70, "KS"):
        assert not records_named(clerk, nonsense).exists()


def test_9_a_voided_record_is_not_offered_with_those_of_its_case(
    city: SmallCity, record: Record
) -> None:
    clerk, other = city.people["registrator"], letter_record(city, "Annan")
    void_record(record=other, reason="Fel", actor=clerk)
    assert set(records_named(clerk, record.case.dnr)) >= {record}
    assert other not in records_named(clerk, record.case.dnr)
    assert list(records_named(clerk, other.dnr)) == [other]


def test_9_a_record_is_taken_up_once_and_taken_out_again(
    city: SmallCity, item: DisclosureItem, record: Record
) -> None:
    clerk = city.people["registrator"]
    order = DisclosureRequest.objects.get(pk=item.request_id)
    assert services.list_records(request=order, records=[record], actor=clerk) == []
    services.unlist(item=item, actor=clerk)
    assert not order.items.exists()
    with pytest.raises(ValidationError, match="Välj handlingar"):
        services.list_records(request=order, actor=clerk)
    assert verify_register().faults == []
