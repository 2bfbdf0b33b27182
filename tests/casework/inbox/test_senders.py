# SPDX-License-Identifier: EUPL-1.2
"""Who wrote a mail that was registered from the inbox is known the next time (issue 9)."""

from __future__ import annotations

import pytest

from casework.inbox.models import InboxItem
from casework.inbox.services import Children, file_as_new_case, file_as_record, receive_mail
from casework.organisation.models import Authority, User
from casework.register.models import NumberSeries, Party
from casework.register.selectors import parties_like
from tests import mails
from tests.small_city import SmallCity

ANYBODY = "Privatperson <nagon@example.com>"
pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(city: SmallCity) -> User:
    return city.people["registrator"]


@pytest.fixture
def series(city: SmallCity) -> NumberSeries:
    return NumberSeries.objects.get(code="KS")


def take(children: Children, title: str, sender: str = ANYBODY) -> InboxItem:
    ks = Authority.objects.get(code="KS")
    data = mails.mail(title, sender=sender)
    return receive_mail(
        authority=ks, data=data, source="maildir:a", actor=None, children=children
    ).item


def kept() -> list[tuple[str, str, bool]]:
    return list(Party.objects.order_by("name").values_list("name", "email", "is_private"))


def test_9_a_sender_from_the_inbox_is_known_the_next_time(
    children: Children, registrar: User, series: NumberSeries, city: SmallCity
) -> None:
    assert city.letter is not None
    first, second = take(children, "Ett"), take(children, "Två", sender="Bolaget <b@example.com>")
    file_as_new_case(item=first, series=series, actor=registrar, title="Ett", party="Privatperson")
    file_as_record(
        item=second, case=city.letter, actor=registrar, title="Två", party="Bolaget",
        party_public="Bolaget", is_private=False,
    )  # fmt: skip
    assert kept() == [
        ("Bolaget", "b@example.com", False),
        ("Privatperson", "nagon@example.com", True),
    ]
    assert [row.name for row in parties_like([series.authority_id], "bol")] == ["Bolaget"]
    assert list(parties_like([], "bol")) == []


def test_9_under_another_name_the_senders_address_is_not_kept(
    children: Children, registrar: User, series: NumberSeries
) -> None:
    item = take(children, "VB: Ett")
    file_as_new_case(item=item, series=series, actor=registrar, title="Ett", party="En annan")
    assert kept() == [("En annan", "", True)]


def test_9_nobody_who_wrote_what_is_secret_is_kept(
    children: Children, registrar: User, series: NumberSeries, city: SmallCity
) -> None:
    assert city.secret is not None
    first, second = take(children, "Ett"), take(children, "Två")
    file_as_new_case(
        item=first, series=series, actor=registrar, title="Ett", party="Privatperson",
        secrecy_provision="OSL 25:1",
    )  # fmt: skip
    file_as_record(
        item=second, case=city.secret, actor=registrar, title="Två", party="Privatperson"
    )
    assert kept() == []
