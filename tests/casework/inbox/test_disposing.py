# SPDX-License-Identifier: EUPL-1.2
"""What came in and is in no case is disposed of by a recorded decision alone (issue 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.archive.models import DisposalDecision
from casework.archive.services import record_decision
from casework.disclosure.services import answer_disclosure
from casework.inbox.models import Forwarding, InboxItem
from casework.inbox.selectors import due_items
from casework.inbox.services import (
    Children,
    dispose_items,
    file_as_new_case,
    file_as_order,
    forward_item,
    receive_mail,
    set_aside,
    undo,
    untie_orders,
)
from casework.journal.models import JournalEntry
from casework.organisation.models import Authority, User
from casework.register.audit import verify_register
from casework.register.models import ClassCode, NumberSeries, record_storage
from tests import mails
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

Take = Callable[[str], InboxItem]


@pytest.fixture
def ks(city: SmallCity) -> Authority:
    return Authority.objects.get(code="KS")


@pytest.fixture
def registrar(city: SmallCity) -> User:
    return city.people["registrator"]


@pytest.fixture
def take(ks: Authority, children: Children) -> Take:
    def taken(subject: str) -> InboxItem:
        data = mails.mail(subject, text="Hälsningar Kim Exempel")
        return receive_mail(authority=ks, data=data, source="a", actor=None, children=children).item

    return taken


def decision(
    ks: Authority, *kinds: str, months: int | None = 2, classes: tuple[ClassCode, ...] = ()
) -> DisposalDecision:
    return record_decision(
        authority=ks, reference="KS § 9", decided_on=timezone.localdate(), classes=classes,
        inbox=kinds, inbox_after_months=months, actor=None,
    )  # fmt: skip


def in_months(count: int) -> time_machine.travel:
    """A day in the month that many after this one."""
    first = timezone.now().replace(day=1, hour=12)
    for _month in range(count):
        first = (first + dt.timedelta(days=32)).replace(day=1)
    return time_machine.travel(first + dt.timedelta(days=5))


def test_9_what_was_set_aside_goes_by_a_decision_and_that_it_came_stays(
    take: Take, ks: Authority, registrar: User, django_capture_on_commit_callbacks: object
) -> None:
    item = take("Reklam")
    set_aside(item=item, aside="advertising", actor=registrar)
    name, came = item.files.exclude(file="")[0].file.name, item.received_at
    rule = decision(ks, "set_aside")
    with in_months(2):
        assert not due_items(rule).exists()  # whole months after the one in which it was dealt with
    with in_months(3):
        assert list(due_items(rule, registrar)) == [item]
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            assert dispose_items(decision=rule, items=[item], actor=registrar) == 1
        assert not due_items(rule).exists()
    item.refresh_from_db()
    words = (item.title, item.text, item.sender_name, item.sender_address, item.message_id)
    assert set(words) == {""}
    assert (item.received_at, item.aside, item.disposal) == (came, "advertising", rule)
    assert not record_storage().exists(str(name))
    told = JournalEntry.objects.filter(subject=item.subject).latest("pk")
    assert told.action == "inbox.disposed"
    assert told.after == {"decision": "KS § 9", "files": 1}
    assert verify_register().faults == []
    with pytest.raises(ValidationError, match="gallrad"):
        undo(item=item, actor=registrar)


def test_9_the_same_mail_is_known_again_after_its_disposal(
    take: Take, ks: Authority, registrar: User, children: Children
) -> None:
    data = mails.mail("Reklam")
    first = receive_mail(authority=ks, data=data, source="a", actor=None, children=children).item
    set_aside(item=first, aside="advertising", actor=registrar)
    with in_months(3):
        dispose_items(decision=decision(ks, "set_aside"), items=[first], actor=registrar)
        again = receive_mail(authority=ks, data=data, source="b", actor=None, children=children)
    assert again.item == first


def test_9_a_decision_reaches_only_what_it_names_and_never_what_is_registered(
    take: Take, ks: Authority, registrar: User
) -> None:
    waiting, aside, filed = take("Väntar"), take("Sidan"), take("Ärende")
    set_aside(item=aside, aside="minor", actor=registrar)
    series = NumberSeries.objects.filter(authority=ks)[0]
    file_as_new_case(item=filed, series=series, actor=registrar, title="Ärende")
    code = ClassCode.objects.filter(retention="weed")[0]
    of_classes = decision(ks, classes=(code,))
    with in_months(30):
        assert list(due_items(decision(ks, "set_aside", "forwarded", "ordered"))) == [aside]
        assert list(due_items(decision(ks, "forwarded"))) == []
        assert dispose_items(decision=of_classes, items=[aside, waiting], actor=None) == 0
        undo(item=aside, actor=registrar)  # taken back since the list was shown
        rule = decision(ks, "set_aside")
        assert dispose_items(decision=rule, items=[aside, filed, waiting], actor=None) == 0


def test_9_a_mail_that_asked_for_records_goes_only_when_its_receipt_has_had_its_time(
    take: Take, ks: Authority, registrar: User
) -> None:
    item = take("Begäran")
    order = file_as_order(item=item, actor=registrar, text="Akten", contact="kim@example.com")
    rule = decision(ks, "ordered", months=0)
    with in_months(1):
        answer_disclosure(request=order, actor=registrar, outcome="missing", answer="Finns inte.")
        assert not due_items(rule).exists()
    with in_months(5):
        untie_orders()
        assert dispose_items(decision=rule, items=[item], actor=registrar) == 1
    item.refresh_from_db()
    assert item.sender_address == ""  # who asked is kept nowhere


def test_9_what_is_sent_on_goes_only_when_it_has_arrived(
    take: Take, ks: Authority, registrar: User
) -> None:
    item = take("Inte vårt")
    forward_item(item=item, address="annan@example.com", actor=registrar)
    rule = decision(ks, "forwarded", months=0)
    with in_months(1):
        assert not due_items(rule).exists()
        Forwarding.objects.filter(item=item).update(is_done=True)
        assert dispose_items(decision=rule, items=[item], actor=registrar) == 1
    assert not Forwarding.objects.filter(item=item).exists()


def test_9_a_decision_on_the_inbox_says_when_and_what(ks: Authority) -> None:
    with pytest.raises(ValidationError, match="hur många månader"):
        decision(ks, "set_aside", months=None)
    with pytest.raises(ValidationError, match="Välj ett alternativ"):
        decision(ks, "filed")
    with pytest.raises(ValidationError, match="post i inkorgen"):
        decision(ks)


def test_9_nobody_takes_away_words_of_what_came_in_past_a_decision(
    take: Take, ks: Authority, registrar: User, city: SmallCity
) -> None:
    item = take("Reklam")
    set_aside(item=item, aside="advertising", actor=registrar)
    rows = InboxItem.objects.filter(pk=item.pk)
    for change in ({"title": ""}, {"disposed_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    rule = decision(ks, "set_aside")
    with in_months(3):
        with pytest.raises(PermissionDenied):
            dispose_items(decision=rule, items=[item], actor=city.people["handlaggare"])
        dispose_items(decision=rule, items=[item], actor=registrar)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(title="Annat")
