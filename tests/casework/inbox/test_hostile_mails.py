# SPDX-License-Identifier: EUPL-1.2
"""Two hundred mails that mean harm: none is lost, none files anything, none stops the rest."""

from __future__ import annotations

import time

import pytest
from django.utils import timezone

from casework.feedback.models import Notice
from casework.inbox.audit import inbox_faults
from casework.inbox.enums import ItemState, Nature
from casework.inbox.models import InboxItem
from casework.inbox.services import Children, file_as_new_case, file_as_record, receive_mail
from casework.inbox.suggestions import suggested_cases
from casework.journal.models import JournalEntry
from casework.organisation.models import Authority
from casework.register.audit import verify_register
from casework.register.models import Case, NumberSeries, Record
from tests import mails
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

PARKED = ("bounce", "absence", "automatic", "precedence", "x-autoreply", "own mail", "receipt")
LONGEST = 5.0
"""Seconds for one mail, on a machine that does other things too."""


@pytest.mark.slow
def test_9_two_hundred_hostile_mails_file_nothing_and_lose_nothing(
    city: SmallCity, children: Children
) -> None:
    assert city.letter is not None
    assert city.secret is not None
    ks, registrar = Authority.objects.get(code="KS"), city.people["registrator"]
    before = (Case.objects.count(), Record.objects.count(), Notice.objects.count())
    names: dict[int, list[str]] = {}
    taken = 0
    for name, data in mails.hostile(city.letter.dnr, city.secret.dnr):
        start = time.monotonic()
        item, is_new = receive_mail(
            authority=ks, data=data, source="maildir:a", actor=None, children=children
        )
        assert time.monotonic() - start < LONGEST, name
        taken += 1
        names.setdefault(item.pk, []).append(name)
        original = item.files.get(is_original=True)
        if is_new:
            assert original.file.read() == data, name
        assert item.received_at <= timezone.now()
        assert "\n" not in item.title + item.sender_name + item.sender_address
        for file in item.files.all():
            assert "/" not in file.original_name, name
            assert "\\" not in file.original_name, name
    assert taken == 200
    assert (Case.objects.count(), Record.objects.count(), Notice.objects.count()) == before
    for pk, found in names.items():
        state = InboxItem.objects.get(pk=pk).state
        if found[0].startswith(PARKED):
            assert state == ItemState.SET_ASIDE, found
    twins = next(found for found in names.values() if "twin" in found)
    assert twins == ["twin", "its twin", "wrapped twin"]
    assert ["same id, other mail"] in names.values()
    assert list(inbox_faults()) == []
    for person in (city.people["larare"], city.people["handlaggare"], registrar):
        seen = set(Case.objects.visible_to(person).values_list("pk", flat=True))
        for item in InboxItem.objects.all():
            for row in suggested_cases(person, item):
                assert row.case.pk in seen
                assert not row.is_known_sender
    _file_all(city, registrar)


def _file_all(city: SmallCity, registrar: object) -> None:
    """What waits can be filed, whatever it is; nobody but a person is answered."""
    series = NumberSeries.objects.get(code="KS")
    for number, item in enumerate(InboxItem.objects.waiting()):
        title = item.title or "Utan ämne"
        if number % 2:
            file_as_new_case(item=item, series=series, actor=registrar, title=title)  # type: ignore[arg-type]
            assert item.receipt is None or item.nature == ""
        else:
            file_as_record(item=item, case=city.letter, actor=registrar, title=title)  # type: ignore[arg-type]
    assert not InboxItem.objects.waiting().exists()
    for notice in Notice.objects.filter(user=None):
        assert "\n" not in notice.subject + notice.address
    assert verify_register().faults == []
    told = JournalEntry.objects.filter(action__startswith="inbox.")
    assert not any("example.com" in str(x.after) for x in told)


@pytest.mark.parametrize(
    ("name", "title", "text"),
    [
        ("mislabelled", "fel", "Språk"),
        ("says utf-8, is not", "fel2", "Språk"),
        ("decomposed", "Snöröjning", "Ångestrom"),
        ("html only", "bara html", "Hej å\nrad"),
        ("injected header", "Hej Bcc: b@example.com", "x"),
        ("unknown charset", "okand", "åäö"),
    ],
)
def test_9_what_was_meant_is_read(
    city: SmallCity, children: Children, name: str, title: str, text: str
) -> None:
    data = dict(mails.hostile("KS 2026/1", "KS 2026/2"))[name]
    ks = Authority.objects.get(code="KS")
    item = receive_mail(authority=ks, data=data, source="x", actor=None, children=children).item
    assert (item.title, item.text) == (title, text)


def test_9_a_mail_that_cannot_be_read_waits_for_a_person(
    city: SmallCity, children: Children
) -> None:
    data = dict(mails.hostile("KS 2026/1", "KS 2026/2"))["nested"]
    ks = Authority.objects.get(code="KS")
    item = receive_mail(authority=ks, data=data, source="x", actor=None, children=children).item
    assert (item.nature, item.state) == (Nature.UNREADABLE, ItemState.NEW)
    assert item.files.get().file.read() == data
    after = receive_mail(authority=ks, data=mails.mail(), source="x", actor=None, children=children)
    assert after.item.title == "Klagomål på snöröjning", "the child was started anew"
