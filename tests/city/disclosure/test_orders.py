# SPDX-License-Identifier: EUPL-1.2
"""An order of records, from the question to the files, without a word of who asked (issue 9)."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gunicorn.config
import pytest
import structlog
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.disclosure import selectors, services
from casework.disclosure.enums import DisclosureOutcome
from casework.disclosure.models import DisclosureItem, DisclosureRequest, HandedFile
from casework.journal.models import JournalEntry
from casework.register import services as register
from casework.register.audit import verify_register
from casework.register.models import Record
from city.disclosure import views
from city.disclosure.presenters import in_words
from portal.logs import logging_config
from tests.desk.counting import queries
from tests.small_city import SmallCity, letter_record

PDF = b"%PDF-1.7 maskad\n%%EOF"
WHO = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Wqxvlasare/9"}


def body(answer: Any) -> str:
    """All that a page says."""
    return str(answer.content.decode())


def masked(name: str = "Karin Ask maskad.pdf") -> SimpleUploadedFile:
    """A copy in which a name is covered."""
    return SimpleUploadedFile(name, PDF)


@pytest.fixture
def records(city: SmallCity) -> list[Record]:
    """Three records of the letter's case: open, with a name, and secret."""
    return [
        letter_record(city, "Karta"),
        letter_record(city, "Brev från Karin Ask", title_public="Brev"),
        letter_record(city, "Läkarintyg", secrecy_provision="OSL 21:1"),
    ]


@pytest.fixture
def order(city: SmallCity, records: list[Record]) -> DisclosureRequest:
    """An order whose three records are granted, masked and refused, not sent yet."""
    clerk = city.people["registrator"]
    made = services.request_disclosure(number="", text="Allt i ärendet")
    items = services.list_records(request=made, records=records, actor=clerk)
    services.review_item(item=items[0], outcome="granted", own=records[0].files.all(), actor=clerk)
    services.review_item(
        item=items[1], outcome="partly", provision="OSL 21:1", reason="Ett namn är maskat.",
        masked=[masked()], actor=clerk,
    )  # fmt: skip
    services.review_item(
        item=items[2], outcome="refused", provision="OSL 21:1", reason="Det rör någons hälsa.",
        actor=clerk,
    )  # fmt: skip
    return made


def send(city: SmallCity, order: DisclosureRequest) -> DisclosureRequest:
    """Send the answer."""
    return services.answer_disclosure(request=order, actor=city.people["registrator"])


def test_9_an_order_goes_from_question_to_files_by_its_code_alone(
    city: SmallCity, records: list[Record]
) -> None:
    asker = Client(enforce_csrf_checks=True, headers={"user-agent": "x"})
    number = records[0].case.dnr
    address = asker.post("/bestall/", {"text": "Allt", "number": number})["Location"]
    desk = Client()
    desk.force_login(city.people["registrator"])
    made = DisclosureRequest.objects.get()
    page = reverse("desk_disclosure", args=[made.pk])
    offered = body(desk.get(page))
    assert all(row.dnr in offered for row in records)
    assert "sekretess" in offered
    assert "kan skickas när varje" not in offered  # nothing is listed: it may be missing
    desk.post(page, {"do": "list", "records": [records[0].pk, records[1].pk]})
    assert "kan skickas när varje" in body(desk.get(page))
    plain, named = made.items.order_by("pk")
    own = [file.pk for file in records[0].files.all()]
    review = reverse("desk_disclosure_item", args=[plain.pk])
    assert desk.post(review, {"outcome": "granted", "own": own})["Location"] == page
    review = reverse("desk_disclosure_item", args=[named.pk])
    lacking = desk.post(review, {"outcome": "partly", "reason": "Ett namn."})
    assert lacking.status_code == 422
    assert "Ange bestämmelsen" in body(lacking)
    sent = {
        "outcome": "partly", "provision": "OSL 21:1", "reason": "Ett namn är maskat.",
        "masked": masked(),
    }  # fmt: skip
    assert desk.post(review, sent)["Location"] == page
    waiting = body(asker.get(address))
    assert "Karta" not in waiting
    assert "mottagen" in waiting
    desk.post(page, {"answer": "Här kommer det."})
    told = body(asker.get(address))
    for words in ("Här kommer det.", "Karta", "21 kap. 1 § offentlighets", "Ett namn är maskat."):
        assert words in told
    assert "Karin Ask" not in told
    files = {row.is_masked: row for row in HandedFile.objects.all()}
    for is_masked, row in files.items():
        answer: Any = asker.get(reverse("order_file", args=[made.code, row.pk]))
        content = b"".join(answer.streaming_content)
        assert (content == PDF) is is_masked
        assert answer["Content-Disposition"].startswith("attachment")
        assert "Karin" not in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
    assert not asker.cookies
    assert verify_register().faults == []


def test_9_a_number_is_read_as_it_is_said_and_one_that_is_nobodys_is_told(
    city: SmallCity, records: list[Record]
) -> None:
    desk = Client()
    desk.force_login(city.people["registrator"])
    made = services.request_disclosure(number="", text="Allt")
    page = reverse("desk_disclosure", args=[made.pk])
    case = records[0].case
    told = body(desk.get(page, {"nummer": str(case.serial)}))
    assert all(row.dnr in told for row in records)
    secret = register.register_case(
        series=case.entry.series, title="Hemligt", received_date=timezone.localdate(), actor=None
    )
    register.mark_secret(case=secret, provision="OSL 21:1", actor=None)
    secret.audience.all().delete()  # nobody is let in
    for number in ("98765", "KS 2099/77", secret.dnr, str(secret.serial)):
        assert "Det finns inget ärende med det numret." in body(desk.get(page, {"nummer": number}))
    services.list_records(request=made, records=list(case.records.all()), actor=None)
    told = body(desk.get(page, {"nummer": case.dnr}))
    assert "Inga fler handlingar med det numret." in told


def test_9_files_are_handed_out_by_the_right_code_alone_and_once_it_is_answered(
    client: Client, city: SmallCity, order: DisclosureRequest, records: list[Record]
) -> None:
    pks = list(HandedFile.objects.values_list("pk", flat=True))
    other = services.request_disclosure(number="", text="Något annat")
    addresses = [reverse("order_file", args=[order.code, pk]) for pk in pks]
    assert {client.get(address).status_code for address in addresses} == {404}
    send(city, order)
    assert {client.get(address).status_code for address in addresses} == {200}
    services.answer_disclosure(request=other, outcome="missing", answer="Nej.", actor=None)
    wrong = [reverse("order_file", args=[other.code, pk]) for pk in pks]
    assert {client.get(address).status_code for address in wrong} == {404}
    secret = records[2].files.get()
    assert client.get(reverse("order_file", args=[order.code, secret.pk + 900])).status_code == 404
    assert not HandedFile.objects.filter(source__record=records[2]).exists()


def test_9_a_code_past_its_time_answers_like_one_that_never_was(
    client: Client, city: SmallCity, order: DisclosureRequest
) -> None:
    send(city, order)
    file = HandedFile.objects.earliest("pk")
    mine = reverse("order_receipt", args=[order.code])
    addresses = [mine, reverse("order_file", args=[order.code, file.pk])]
    last = timezone.now() + dt.timedelta(days=settings.DISCLOSURE_DAYS)
    with time_machine.travel(last, tick=False):
        assert [client.get(address).status_code for address in addresses] == [200, 200]
    with time_machine.travel(last + dt.timedelta(days=1), tick=False):
        expired = client.get(mine)
        unknown = client.get(reverse("order_receipt", args=["abcdefghjkmn"]))
        assert expired.status_code == unknown.status_code == 404
        assert expired.content == unknown.content
        assert client.get(addresses[1]).status_code == 404
        asked = [
            body(client.post("/bestall/kvitto/", {"kod": code}))
            for code in (order.code, "abcdefghjkmn")
        ]
        assert asked[0].replace(order.code, "") == asked[1].replace("abcdefghjkmn", "")


def test_9_a_receipt_stands_until_the_decision_that_was_asked_for_is_there(
    client: Client, city: SmallCity, order: DisclosureRequest
) -> None:
    send(city, order)
    address = reverse("order_receipt", args=[order.code])
    client.post(address)
    much_later = timezone.now() + dt.timedelta(days=settings.DISCLOSURE_DAYS * 3)
    with time_machine.travel(much_later, tick=False):
        assert client.get(address).status_code == 200
        assert city.letter is not None
        services.note_decision(
            request=order, number=city.letter.dnr, actor=city.people["registrator"]
        )
        assert city.letter.dnr in body(client.get(address))
    with time_machine.travel(much_later + dt.timedelta(days=61), tick=False):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("of_record", [False, True])
def test_9_a_receipt_tells_the_whole_number_of_the_decision(
    client: Client, city: SmallCity, order: DisclosureRequest, of_record: bool
) -> None:
    """A registrar writes "35"; to the one who asked it says nothing."""
    send(city, order)
    address = reverse("order_receipt", args=[order.code])
    client.post(address)
    record = letter_record(city, "Beslut")
    typed = str(record.case.serial) + (f"-{record.entry.record_number}" if of_record else "")
    whole = record.dnr if of_record else record.case.dnr
    noted = services.note_decision(
        request=order, number=typed, actor=city.people["registrator"]
    ).decision_number
    assert noted == whole
    assert whole in body(client.get(address))


def test_9_whoever_guesses_codes_is_slowed_down(
    client: Client, city: SmallCity, order: DisclosureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "CODES_PER_MINUTE", 3)
    with time_machine.travel(timezone.now(), tick=False):
        answers = [
            client.get(reverse("order_receipt", args=[order.code])).status_code for _n in range(4)
        ]
    assert answers == [200, 200, 200, 404]


@contextmanager
def written_log() -> Iterator[io.StringIO]:
    """All that the house would write to its log, formatted as it is written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    config = logging_config(level="DEBUG", as_json=True)["formatters"]["structlog"]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=config["foreign_pre_chain"], processors=config["processors"]
        )
    )
    loggers = [logging.getLogger(), logging.getLogger("django")]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.INFO)
    try:
        yield stream
    finally:
        loggers[0].removeHandler(handler)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def test_9_neither_log_nor_journal_nor_cookie_tells_who_asked(
    city: SmallCity, order: DisclosureRequest
) -> None:
    client = Client(headers={"user-agent": WHO["HTTP_USER_AGENT"]}, REMOTE_ADDR=WHO["REMOTE_ADDR"])
    with written_log() as log:
        address = client.post("/bestall/", {"text": "Akten", "contact": "vem@example.se"})[
            "Location"
        ]
        code = address.split("/")[-2]
        client.get(address)
        client.get(f"{address}fil/99999/")  # not found is logged by Django, with the address
        client.get(f"/bestall/kvitto/{'q' * 12}/")
    written = log.getvalue()
    assert "/bestall/kvitto/" in written
    entries = JournalEntry.objects.filter(action__startswith="disclosure.")
    told = json.dumps(list(entries.values()), default=str)
    for words in (*WHO.values(), "vem@example.se", code):
        assert words not in written
        assert words not in told
    assert not client.cookies
    assert set(entries.filter(action="disclosure.requested").values_list("actor", flat=True)) == {
        None
    }


def test_9_the_web_servers_log_has_no_room_for_who_asked_or_for_codes() -> None:
    config = gunicorn.config.Config()
    told: dict[str, Any] = {}
    exec((settings.BASE_DIR / "gunicorn.conf.py").read_text(), told)
    logger = told["SilentLogger"](config)
    environ = {
        "RAW_URI": "/bestall/kvitto/abcdefghjkmn/?kod=abcdefghjkmn", "REQUEST_METHOD": "GET",
        "PATH_INFO": "/bestall/kvitto/abcdefghjkmn/", "QUERY_STRING": "kod=abcdefghjkmn",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_REFERER": "https://example.se/", **WHO,
    }  # fmt: skip

    class Told:
        status, sent, headers = "200 OK", 3, [("Location", "/bestall/kvitto/abcdefghjkmn/")]

    request = type("Asked", (), {"headers": [("USER-AGENT", WHO["HTTP_USER_AGENT"])]})()
    atoms = logger.atoms(Told(), request, environ, dt.timedelta(seconds=1))
    line = told["access_log_format"] % atoms
    for words in (*WHO.values(), "abcdefghjkmn", "example.se"):
        assert words not in line
        assert words not in str(atoms)
    assert "/bestall/kvitto/…/" in line


def test_9_nothing_of_an_order_is_kept_in_the_browser(client: Client, city: SmallCity) -> None:
    form = body(client.get("/bestall/"))
    assert "data-keep" not in form
    assert "csrfmiddlewaretoken" not in form


def test_9_addresses_are_forgotten_when_the_receipt_has_had_its_time(
    city: SmallCity, order: DisclosureRequest
) -> None:
    made = services.request_disclosure(number="", text="Brev", contact="vem@example.se")
    services.answer_disclosure(request=made, outcome="missing", answer="Nej.", actor=None)
    assert services.forget_contacts() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=61), tick=False):
        assert services.forget_contacts() == 1
    made.refresh_from_db()
    assert made.contact == ""
    assert verify_register().faults == []


def test_9_the_receipt_tells_no_more_of_a_record_than_its_public_face(
    client: Client, city: SmallCity, order: DisclosureRequest, records: list[Record]
) -> None:
    send(city, order)
    told = body(client.get(reverse("order_receipt", args=[order.code])))
    assert records[2].dnr in told
    assert "Läkarintyg" not in told
    assert "Karin Ask" not in told
    assert "Jag vill ha ett skriftligt beslut" in told
    register.lift_record_secrecy(record=records[2], reason="Fel", actor=city.people["registrator"])
    assert "Läkarintyg" in body(client.get(reverse("order_receipt", args=[order.code])))


def test_9_the_receipt_costs_the_same_for_many_records(
    client: Client, city: SmallCity, order: DisclosureRequest
) -> None:
    small = services.request_disclosure(number="", text="En")
    services.list_records(request=small, said="Protokoll", actor=None)
    services.answer_disclosure(request=small, actor=None)
    send(city, order)
    assert DisclosureItem.objects.filter(request=small).get().outcome == DisclosureOutcome.MISSING
    few = queries(client, reverse("order_receipt", args=[small.code]))
    many = queries(client, reverse("order_receipt", args=[order.code]))
    assert many <= few + 2


def test_9_a_code_is_read_as_a_code_only(city: SmallCity) -> None:
    for code in ("", "x" * 11, "x" * 200, "å" * 12, "\x00" * 12):
        assert selectors.order_by_code(code) is None


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("OSL 21:1", "21 kap. 1 § offentlighets- och sekretesslagen"),
        ("OSL 18 kap. 8 §", "18 kap. 8 § offentlighets- och sekretesslagen"),
        ("OSL 26:1 och OSL 21:7", "26 kap. 1 §"),
        ("Patientlagen 3 §", "Patientlagen 3 §"),
    ],
)
def test_9_a_provision_is_told_in_words(short: str, words: str) -> None:
    assert words in in_words(short)
