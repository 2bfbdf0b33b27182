# SPDX-License-Identifier: EUPL-1.2
"""What comes in is kept once, filed by a person, and can be taken back (issue 9)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.feedback.models import Notice
from casework.inbox.audit import inbox_faults
from casework.inbox.enums import AsideReason, ItemState, Nature
from casework.inbox.models import InboxItem
from casework.inbox.selectors import last_done, next_after, place_of, with_place
from casework.inbox.services import (
    Children,
    file_as_new_case,
    file_as_record,
    forward_item,
    receive_letter,
    receive_mail,
    receive_scan,
    set_aside,
    undo,
)
from casework.inbox.suggestions import IN_TEXT, IN_TITLE, SAME_SENDER, suggested_cases
from casework.inbox.tasks import send_forwarding
from casework.journal.models import JournalEntry
from casework.organisation.models import Authority, User
from casework.register.audit import verify_register
from casework.register.enums import Direction, RecordKind
from casework.register.models import Case, NumberSeries, Record, SeriesCounter
from casework.register.services import register_record
from tests import mails
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def ks(city: SmallCity) -> Authority:
    return Authority.objects.get(code="KS")


@pytest.fixture
def registrar(city: SmallCity) -> User:
    return city.people["registrator"]


@pytest.fixture
def series(city: SmallCity) -> NumberSeries:
    return NumberSeries.objects.get(code="KS")


def take(ks: Authority, data: bytes, children: Children, source: str = "maildir:a") -> InboxItem:
    return receive_mail(authority=ks, data=data, source=source, actor=None, children=children).item


def test_9_a_mail_is_kept_as_it_came_with_its_attachments(
    ks: Authority, children: Children
) -> None:
    data = mails.mail(files=(("bild.pdf", mails.PDF), ("makro.docm", b"PK\x03\x04")))
    item = take(ks, data, children)
    assert item.title == "Klagomål på snöröjning"
    assert (item.sender_name, item.sender_address) == ("Privatperson", "nagon@example.com")
    assert "halt på Storgatan" in item.text
    original, pdf, macro = item.files.all()
    assert original.file.read() == data
    assert pdf.file.read() == mails.PDF
    assert not macro.file
    assert "makron" in macro.refusal
    assert list(inbox_faults()) == []


def test_9_the_same_mail_is_one_whatever_it_calls_itself(ks: Authority, children: Children) -> None:
    first = take(ks, mails.mail(Message_ID="<a@example.com>"), children)
    for source, message_id in (("maildir:b", "<a@example.com>"), ("maildir:a", "<b@example.com>")):
        data = b"Received: by x\r\n" + mails.mail(Message_ID=message_id)
        again = receive_mail(authority=ks, data=data, source=source, actor=None, children=children)
        assert (again.item, again.is_new) == (first, False)
    assert first.copies.count() == 2
    later = mails.mail(date="Tue, 03 Nov 2026 10:00:00 +0100", Message_ID="<a@example.com>")
    assert receive_mail(authority=ks, data=later, source="x", actor=None).is_new
    assert InboxItem.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "nature"),
    [
        (mails.bounce(), Nature.BOUNCE),
        (mails.auto_reply(), Nature.AUTO_REPLY),
        (mails.mail(sender=f"Staden <{mails.OWN}>"), Nature.OWN),
        (mails.mail(Precedence="auto_reply"), Nature.AUTO_REPLY),
    ],
)
def test_9_what_no_person_wrote_is_set_aside_and_never_answered(
    ks: Authority, series: NumberSeries, registrar: User, children: Children, data: bytes,
    nature: Nature,
) -> None:  # fmt: skip
    item = take(ks, data, children)
    assert (item.state, item.nature) == (ItemState.SET_ASIDE, nature)
    assert item.files.count() >= 1
    undo(item=item, actor=registrar)
    file_as_new_case(item=item, series=series, actor=registrar, title="Ändå")
    assert item.receipt is None
    assert not Notice.objects.filter(user=None).exists()


def test_9_mail_of_machines_waits_but_is_not_answered(
    ks: Authority, series: NumberSeries, registrar: User, children: Children
) -> None:
    """An e-service sends what people write to it: that is no automatic reply."""
    for nature, data in (
        (Nature.MACHINE, mails.mail(Auto_Submitted="auto-generated")),
        (Nature.MASS, mails.mail("Utskick", Precedence="bulk")),
    ):
        item = take(ks, data, children)
        assert (item.state, item.nature) == (ItemState.NEW, nature)
        file_as_new_case(item=item, series=series, actor=registrar, title="Från e-tjänsten")
        assert item.receipt is None


def test_9_it_came_when_it_came_and_never_ahead(ks: Authority, children: Children) -> None:
    ahead = timezone.now() + dt.timedelta(days=3)
    item = receive_mail(
        authority=ks, data=mails.mail(date="Mon, 01 Jan 2125 10:00:00 +0100"), source="x",
        actor=None, arrived_at=ahead, children=children,
    ).item  # fmt: skip
    assert item.received_at <= timezone.now()


def test_9_a_new_case_is_acknowledged_once_without_its_content(
    ks: Authority, series: NumberSeries, registrar: User, children: Children
) -> None:
    item = take(ks, mails.mail(files=(("bild.pdf", mails.PDF),)), children)
    case, record = file_as_new_case(
        item=item, series=series, actor=registrar, title=item.title, party=item.sender_name
    )
    assert (item.state, item.case, item.record) == (ItemState.FILED, case, record)
    assert record.received_date == timezone.localdate(item.received_at)
    assert [row.original_name for row in record.files.order_by("pk")] == [
        "original.eml",
        "bild.pdf",
    ]
    (notice,) = Notice.objects.filter(case=case)
    assert notice.address == "nagon@example.com"
    assert "snöröjning" not in notice.subject + notice.body
    receipt = case.records.get(kind=RecordKind.RECEIPT)
    assert (receipt.direction, item.receipt) == (Direction.OUTGOING, receipt)
    assert notice.body in receipt.files.get().file.read().decode()
    undo(item=item, actor=registrar)
    file_as_new_case(item=item, series=series, actor=registrar, title="På nytt")
    assert Notice.objects.filter(user=None).count() == 1, "one for each mail"
    assert verify_register().faults == []


def test_9_what_was_registered_is_voided_and_its_number_stays_taken(
    ks: Authority, series: NumberSeries, registrar: User, children: Children
) -> None:
    item = take(ks, mails.mail(), children)
    case, _record = file_as_new_case(item=item, series=series, actor=registrar, title="Fel")
    taken = SeriesCounter.objects.get(series=series, year=case.year).last_serial
    undo(item=item, actor=registrar, reason="Fel ärende")
    case.refresh_from_db()
    assert case.is_void
    assert item.is_waiting
    again, _record = file_as_new_case(item=item, series=series, actor=registrar, title="Rätt")
    assert again.serial == taken + 1
    assert verify_register().faults == []


def test_9_a_case_that_has_got_more_is_not_voided_from_the_inbox(
    ks: Authority, series: NumberSeries, registrar: User, children: Children
) -> None:
    item = take(ks, mails.mail(), children)
    case, _record = file_as_new_case(item=item, series=series, actor=registrar, title="Ärende")
    register_record(
        case=case, actor=registrar, direction=Direction.INCOMING, title="Mer",
        received_date=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="fler handlingar"):
        undo(item=item, actor=registrar)
    item.refresh_from_db()
    assert item.state == ItemState.FILED


def test_9_a_record_in_a_case_and_back(
    ks: Authority, city: SmallCity, registrar: User, children: Children
) -> None:
    assert city.letter is not None
    item = take(ks, mails.mail(), children)
    record = file_as_record(item=item, case=city.letter, actor=registrar, title="Mer om saken")
    assert record.case == city.letter
    assert not Notice.objects.filter(user=None).exists()
    with pytest.raises(ValidationError, match="redan hanterad"):
        file_as_record(item=item, case=city.letter, actor=registrar, title="En gång till")
    undo(item=item, actor=registrar)
    record.refresh_from_db()
    assert record.is_void
    assert item.is_waiting
    assert verify_register().faults == []


def test_9_it_is_set_aside_with_a_reason(
    ks: Authority, registrar: User, children: Children
) -> None:
    item = take(ks, mails.mail(), children)
    for aside in ("", AsideReason.OTHER):
        with pytest.raises(ValidationError):
            set_aside(item=item, aside=aside, actor=registrar)
    set_aside(item=item, aside=AsideReason.ADVERTISING, actor=registrar)
    assert last_done(registrar) == item
    undo(item=item, actor=registrar)
    assert item.is_waiting
    assert last_done(registrar) is None


def test_9_it_is_sent_on_as_it_came(ks: Authority, registrar: User, children: Children) -> None:
    data = mails.mail()
    item = take(ks, data, children)
    with pytest.raises(ValidationError):
        forward_item(item=item, actor=registrar)
    forward_item(item=item, actor=registrar, address="nagon.annan@example.com")
    (row,) = item.forwardings.all()
    send_forwarding.call(row.pk)
    send_forwarding.call(row.pk)
    (sent,) = outbox.outbox
    assert sent.to == ["nagon.annan@example.com"]
    assert sent.attachments[0][1] == data
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_9_another_authority_finds_it_in_its_own_inbox(
    ks: Authority, registrar: User, children: Children
) -> None:
    there = Authority.objects.create(code="SBN", name="Stadsbyggnadsnämnden")
    item = take(ks, mails.mail(files=(("bild.pdf", mails.PDF),)), children)
    forward_item(item=item, actor=registrar, authority=there)
    copy = InboxItem.objects.get(authority=there)
    assert copy.is_waiting
    assert [x.file.read() for x in copy.files.all()] == [x.file.read() for x in item.files.all()]
    assert list(inbox_faults()) == []


def test_9_scans_and_letters_that_were_handed_over(
    ks: Authority, registrar: User, city: SmallCity
) -> None:
    assert city.letter is not None
    pages = [
        SimpleUploadedFile("skan-1.pdf", mails.PDF),
        SimpleUploadedFile("skan-2.pdf", mails.PDF + b"\n%%EOF"),
    ]
    scan, is_new = receive_scan(authority=ks, files=pages, source="scan:a", actor=registrar)
    assert is_new
    assert scan.files.count() == 2
    assert not receive_scan(authority=ks, files=pages, source="scan:a", actor=registrar).is_new
    with pytest.raises(ValidationError):
        receive_scan(
            authority=ks, files=[SimpleUploadedFile("x.exe", b"MZ")], source="", actor=registrar
        )
    letter = receive_letter(authority=ks, title="Lämnat i receptionen", actor=registrar).item
    for item in (scan, letter):
        file_as_record(item=item, case=city.letter, actor=registrar, title=item.title)
    assert verify_register().faults == []


def test_9_only_the_registrars_of_the_authority_deal_with_it(
    ks: Authority, city: SmallCity, registrar: User, children: Children, series: NumberSeries
) -> None:
    assert city.letter is not None
    item = take(ks, mails.mail(), children)
    for name in ("handlaggare", "slk", "admin"):
        person = city.people[name]
        assert not InboxItem.objects.visible_to(person).exists()
        with pytest.raises(PermissionDenied):
            set_aside(item=item, aside=AsideReason.MINOR, actor=person)
        with pytest.raises(PermissionDenied):
            file_as_record(item=item, case=city.letter, actor=person, title="x")
    assert InboxItem.objects.visible_to(registrar).get() == item


def test_9_the_journal_tells_no_word_of_the_mail(
    ks: Authority, series: NumberSeries, registrar: User, children: Children
) -> None:
    item = take(
        ks,
        mails.mail("Hemligtord", text="Hemligtord", sender="Hemligtord <hemligtord@example.com>"),
        children,
    )
    set_aside(item=item, aside=AsideReason.MINOR, actor=registrar)
    undo(item=item, actor=registrar)
    forward_item(item=item, actor=registrar, address="dit@example.com")
    for entry in JournalEntry.objects.filter(subject=item.subject):
        told = f"{entry.before} {entry.after} {entry.reason} {entry.rows}".casefold()
        assert "hemligtord" not in told
        assert "example.com" not in told


def test_9_a_number_suggests_and_files_nothing(
    ks: Authority, city: SmallCity, registrar: User, children: Children
) -> None:
    assert city.letter is not None
    records = Record.objects.count()
    stranger = take(ks, mails.mail(f"SV: {city.letter.dnr.replace(' ', '').lower()}"), children)
    (found,) = suggested_cases(registrar, stranger)
    assert (found.case, found.why, found.is_known_sender) == (city.letter, (IN_TITLE,), False)
    assert Record.objects.count() == records
    file_as_record(item=stranger, case=city.letter, actor=registrar, title="Svar")
    known = take(ks, mails.mail("Hej igen", text=f"Angående {city.letter.dnr}."), children)
    (found,) = suggested_cases(registrar, known)
    assert (found.why, found.is_known_sender) == ((IN_TEXT, SAME_SENDER), True)


def test_9_a_case_that_one_may_not_see_is_not_suggested(
    ks: Authority, city: SmallCity, children: Children
) -> None:
    assert city.secret is not None
    item = take(ks, mails.mail(city.secret.dnr), children)
    assert [x.case for x in suggested_cases(city.people["registrator"], item)] == [city.secret]
    assert suggested_cases(city.people["larare"], item) == []
    assert Case.objects.filter(pk=city.secret.pk).exists()


def test_9_the_next_one_comes_by_itself(ks: Authority, registrar: User, children: Children) -> None:
    first, second, third = (
        receive_mail(
            authority=ks, data=mails.mail(text=str(x)), source="x", actor=None, children=children,
            arrived_at=timezone.now() - dt.timedelta(hours=9 - x),
        ).item
        for x in range(3)
    )  # fmt: skip
    place = place_of(with_place(registrar).get(pk=second.pk))
    assert (place.number, place.count) == (2, 3)
    assert (place.before, place.after) == (first.pk, third.pk)
    assert next_after(registrar, second) == third
    assert next_after(registrar, third) == first
