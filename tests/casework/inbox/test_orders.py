# SPDX-License-Identifier: EUPL-1.2
"""A mail that asks for records becomes an order of them, and can be taken back (issue 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.disclosure.models import DisclosureRequest
from casework.disclosure.selectors import order_by_code
from casework.disclosure.services import answer_disclosure, forget_contacts, list_records
from casework.inbox.audit import inbox_faults
from casework.inbox.enums import ItemState
from casework.inbox.models import Forwarding, InboxItem
from casework.inbox.services import (
    Children,
    file_as_order,
    receive_letter,
    receive_mail,
    undo,
    untie_orders,
)
from casework.inbox.suggestions import asked_for, number_asked_for
from casework.inbox.tasks import send_forwarding
from casework.journal.models import JournalEntry
from casework.organisation.models import Authority, User
from casework.register.audit import verify_register
from tests import mails
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

ADDRESS = "nagon@example.com"
Take = Callable[..., InboxItem]


@pytest.fixture
def ks(city: SmallCity) -> Authority:
    return Authority.objects.get(code="KS")


@pytest.fixture
def registrar(city: SmallCity) -> User:
    return city.people["registrator"]


@pytest.fixture
def take(ks: Authority, children: Children) -> Take:
    def taken(subject: str, text: str = "Jag vill se akten.", hours: int = 1) -> InboxItem:
        data = mails.mail(subject, text=text)
        at = timezone.now() - dt.timedelta(hours=hours)
        return receive_mail(
            authority=ks, data=data, source="a", actor=None, arrived_at=at, children=children
        ).item

    return taken


def ordered(item: InboxItem, actor: User | None) -> DisclosureRequest:
    return file_as_order(
        item=item, actor=actor, text="Akten", number="KS 2026/1", contact=ADDRESS, with_code=True
    )


def test_9_a_mail_becomes_an_order_that_is_due_from_when_it_came(
    take: Take, registrar: User
) -> None:
    item = take("Begäran", hours=24 * 5)
    order = ordered(item, registrar)
    item.refresh_from_db()
    assert (item.state, item.order, item.done_by) == (ItemState.ORDERED, order, registrar)
    assert order.requested_at == item.received_at
    assert (order.number, order.text, order.contact) == ("KS 2026/1", "Akten", ADDRESS)
    assert order.is_late is (order.promised_on < timezone.localdate())
    assert item.files.count() == 1
    assert verify_register().faults == []
    with pytest.raises(ValidationError, match="redan hanterad"):
        ordered(item, registrar)


def test_9_the_receipt_goes_to_the_address_and_tells_nothing_of_what_is_asked(
    take: Take, registrar: User
) -> None:
    item = take("Begäran")
    order = ordered(item, registrar)
    sending = Forwarding.objects.get()
    assert (sending.address, sending.is_receipt) == ("", True)
    send_forwarding.func(sending.pk)
    send_forwarding.func(sending.pk)
    (sent,) = outbox.outbox
    assert sent.to == [ADDRESS]
    assert f"/bestall/kvitto/{order.code}/" in sent.body
    assert order.promised_on.isoformat() in sent.body
    assert "Akten" not in sent.body
    assert "KS 2026/1" not in sent.body
    assert not sent.attachments
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_9_nothing_of_who_asked_is_in_a_log_or_the_journal(
    take: Take, registrar: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    order = ordered(take("Begäran"), registrar)
    told = str(list(JournalEntry.objects.values("before", "after", "reason", "object_id")))
    assert ADDRESS not in told
    assert order.code not in told
    (made,) = JournalEntry.objects.filter(action="disclosure.requested")
    assert made.actor is None
    (became,) = JournalEntry.objects.filter(action="inbox.ordered")
    assert became.after == {"state": "ordered"}

    def refused(_mail: object) -> None:
        raise OSError(f"550 {ADDRESS}")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)
    sending = Forwarding.objects.get()
    send_forwarding.func(sending.pk)
    sending.refresh_from_db()
    assert sending.error == "OSError"
    assert ADDRESS not in caplog.text


def test_9_an_order_is_taken_back_while_nothing_is_tried(
    take: Take, registrar: User, city: SmallCity
) -> None:
    item = take("Begäran")
    order = ordered(item, registrar)
    undo(item=item, actor=registrar)
    item.refresh_from_db()
    order.refresh_from_db()
    assert (item.state, item.order) == (ItemState.NEW, None)
    assert order.withdrawn_at is not None
    assert order.contact == ""
    assert order_by_code(order.code) is None
    send_forwarding.func(Forwarding.objects.get().pk)
    assert outbox.outbox == []
    assert verify_register().faults == []
    again = ordered(item, registrar)
    assert again.code != order.code
    assert city.letter is not None
    list_records(request=again, actor=registrar, said="Akten")
    with pytest.raises(ValidationError, match="fått handlingar"):
        undo(item=item, actor=registrar)
    answer_disclosure(request=again, actor=registrar, answer="Nej.")
    with pytest.raises(ValidationError, match="redan besvarad"):
        undo(item=item, actor=registrar)


def test_9_the_item_leads_to_its_order_until_the_address_is_forgotten(
    take: Take, registrar: User
) -> None:
    item = take("Begäran")
    order = ordered(item, registrar)
    answer_disclosure(request=order, actor=registrar, outcome="missing", answer="Nej.")
    assert (forget_contacts(), untie_orders()) == (0, 0)
    with time_machine.travel(timezone.now() + dt.timedelta(days=61), tick=False):
        assert (forget_contacts(), untie_orders()) == (1, 1)
    item.refresh_from_db()
    assert item.order is None
    assert item.state == ItemState.ORDERED
    assert list(inbox_faults()) == []
    with pytest.raises(ValidationError, match="redan besvarad"):
        undo(item=item, actor=registrar)


def test_9_a_letter_becomes_an_order_with_an_address_of_paper(
    ks: Authority, registrar: User, city: SmallCity
) -> None:
    item = receive_letter(authority=ks, title="Begäran", actor=None).item
    with pytest.raises(ValidationError, match="e-postadress"):
        file_as_order(item=item, actor=registrar, text="Akten", contact="Gatan 1", with_code=True)
    with pytest.raises(ValidationError, match="vad du vill se"):
        file_as_order(item=item, actor=registrar, text=" ", contact="Gatan 1")
    with pytest.raises(PermissionDenied):
        file_as_order(item=item, actor=city.people["larare"], text="Akten")
    item.refresh_from_db()
    assert item.is_waiting
    file_as_order(item=item, actor=registrar, text="Akten", contact="Gatan 1")
    assert not Forwarding.objects.exists()


def test_9_what_is_asked_for_is_suggested_without_who_asks(take: Take) -> None:
    text = (
        "Hej!\n\nJag heter Privatperson.\nJag vill se beslutet i KS 2026/12-3\noch bilagorna.\n\n"
        "> Tack för ert brev\nnagon@example.com\n\nMed vänliga hälsningar\nPrivatperson\n070-123\n"
    )
    item = take("SV: Begäran om handling", text)
    wanted = "Jag vill se beslutet i KS 2026/12-3\noch bilagorna."
    assert asked_for(item) == f"Begäran om handling\n\n{wanted}"
    assert number_asked_for(item) == "KS 2026/12-3"
    assert number_asked_for(take("Begäran", "Alla protokoll.")) == ""
    assert asked_for(take("", "")) == ""
