# SPDX-License-Identifier: EUPL-1.2
"""The lane asks the database no oftener than the inbox does, on both databases (issue 9)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.inbox.models import InboxItem
from casework.inbox.services import (
    Children,
    file_as_record,
    receive_letter,
    receive_mail,
    set_aside,
)
from casework.organisation.models import Authority
from search.documents import INDEXES
from search.engine import SearchEngine
from search.reconcile import rebuild_index
from tests import mails
from tests.city_with_pages import _built, city  # noqa: F401  fixtures are taken over by name
from tests.desk.counting import queries
from tests.search.conftest import city_search  # noqa: F401
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

MOST = 13
"""Fifteen are asked for; the last of these is where else an item came, which few did."""


@pytest.fixture
def ks(city: SmallCity) -> Authority:  # noqa: F811
    return Authority.objects.get(code="KS")


@pytest.fixture
def registrar(city: SmallCity) -> Client:  # noqa: F811
    """An ordinary registrar, who has no other part and is no administrator."""
    person = city.people["registrator"]
    assert not person.is_superuser
    client = Client()
    client.force_login(person)
    return client


def take(ks: Authority, children: Children, data: bytes, source: str = "a") -> InboxItem:
    at = timezone.now() - dt.timedelta(hours=2)
    return receive_mail(
        authority=ks, data=data, source=source, actor=None, arrived_at=at, children=children
    ).item


@pytest.fixture
def indexed(city: SmallCity, city_search: SearchEngine) -> None:  # noqa: F811
    """What there is, in the index."""
    for index in INDEXES:
        rebuild_index(city_search.backend, index)


@pytest.mark.usefixtures("indexed")
def test_9_the_lane_takes_no_more_queries_than_the_inbox(
    registrar: Client,
    ks: Authority,
    children: Children,
    city: SmallCity,  # noqa: F811
) -> None:
    assert city.letter is not None
    clerk, number = city.people["registrator"], city.letter.dnr
    filed, last = (take(ks, children, mails.mail(name)) for name in ("Förut", "Nyss"))
    file_as_record(item=filed, case=city.letter, actor=clerk, title="Förut", party="Någon")
    set_aside(item=last, aside="minor", actor=clerk)
    stranger = "Okänd <okand@example.com>"
    lights = mails.mail(
        "Om belysning på Ekbacken", sender=stranger, text="Belysningen på Ekbacken är trasig.\n"
    )
    twice = mails.mail(f"Igen {number}", Message_ID="<annan@example.com>")
    items = {
        "a number and a sender": take(ks, children, mails.mail(number, text=number)),
        "a number": take(ks, children, mails.mail(f"Om {number}", sender=stranger)),
        "a sender": take(ks, children, mails.mail("Om snö")),
        "nobody knows": take(
            ks, children, mails.mail("Skrivelse om belysning på Ekbacken", sender=stranger)
        ),
        "files": take(ks, children, mails.mail(number, files=(("bild.pdf", mails.PDF),))),
        "a twin": take(ks, children, mails.mail(f"Igen {number}")),
        "a letter": receive_letter(authority=ks, title="Om belysning", actor=None).item,
        "a twin that nobody knows": take(ks, children, lights),
    }
    take(ks, children, twice, source="b")
    take(ks, children, lights, source="b")
    assert items["a twin"].copies.exists()
    assert items["a twin that nobody knows"].copies.exists()
    taken = {
        what: queries(registrar, reverse("desk_inbox_item", args=[item.pk]))
        for what, item in items.items()
    }
    assert max(taken.values()) <= MOST, taken
    lane = registrar.get(reverse("desk_inbox_item", args=[items["nobody knows"].pk]))
    assert [offer.suggestion.case for offer in lane.context["offers"]] == [city.letter]
    twin = registrar.get(reverse("desk_inbox_item", args=[items["a twin"].pk])).content.decode()
    assert "Kom också" in twin
    assert "Brevet som det kom" in twin
    inbox = queries(registrar, reverse("desk_inbox"))
    assert inbox <= MOST
