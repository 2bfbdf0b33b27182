# SPDX-License-Identifier: EUPL-1.2
"""What asks for records leaves the lane as an order of them (issue 9)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.disclosure.models import DisclosureRequest
from casework.inbox.enums import ItemState
from casework.inbox.models import Forwarding, InboxItem
from tests import mails
from tests.desk.inbox.test_inbox_pages import address, take
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def asking(city: SmallCity) -> InboxItem:
    assert city.letter is not None
    text = f"Hej\n\nJag vill se {city.letter.dnr}.\n\nMvh\nPrivatperson\n"
    return take(mails.mail("Begäran om handling", text=text), 9)


def filled(item: InboxItem, registrar: Client, **more: str) -> dict[str, str]:
    """What the lane has filled in."""
    found = {row.name: row.value() for row in registrar.get(address(item)).context["order"]}
    return {key: str(value) for key, value in found.items() if value} | {"do": "order", **more}


def test_9_an_order_is_made_of_what_the_lane_has_filled_in(
    registrar: Client, city: SmallCity
) -> None:
    assert city.letter is not None
    item, after = asking(city), take(mails.mail("Två"), 8)
    sent = filled(item, registrar)
    assert sent["asked"] == f"Begäran om handling\n\nJag vill se {city.letter.dnr}."
    assert sent["order_number"] == city.letter.dnr
    assert sent["contact"] == "nagon@example.com"
    answer = registrar.post(address(item), sent)
    assert answer["Location"] == address(after)
    order = DisclosureRequest.objects.get(came_as=item)
    assert order.requested_at == item.received_at
    assert Forwarding.objects.get(item=item).is_receipt
    lane = registrar.get(address(after)).content.decode()
    assert f"Begäran om handling, svar senast {order.promised_on.isoformat()}." in lane
    # The order stands with the others, leads to the mail, and offers the records that it names.
    assert "Jag vill se" in registrar.get(reverse("desk_inbox")).content.decode()
    page = registrar.get(reverse("desk_disclosure", args=[order.pk]))
    assert f'href="{address(item)}"' in page.content.decode()
    assert {row.case for row in page.context["found"]} <= {city.letter}
    mail = registrar.get(address(item)).content.decode()
    assert reverse("desk_disclosure", args=[order.pk]) in mail


def test_9_an_order_that_was_none_is_taken_back_and_stands_nowhere(
    registrar: Client, city: SmallCity
) -> None:
    item = asking(city)
    registrar.post(address(item), filled(item, registrar))
    order = DisclosureRequest.objects.get(came_as=item)
    Forwarding.objects.update(is_done=True, sent_at=timezone.now())
    page = registrar.post(address(item), {"do": "undo"}, follow=True).content.decode()
    assert "Posten är tillbaka i inkorgen." in page
    assert "Kvittokoden har redan skickats" in page
    item.refresh_from_db()
    assert item.state == ItemState.NEW
    for name in ("desk_inbox", "desk_disclosures"):
        assert "Jag vill se" not in registrar.get(reverse(name)).content.decode()
    told = registrar.get(reverse("desk_disclosure", args=[order.pk])).content.decode()
    assert "Lagd tillbaka i inkorgen" in told
    assert "Skicka svaret" not in told


def test_9_an_order_without_address_or_with_one_that_takes_no_mail_is_asked_about(
    registrar: Client, city: SmallCity
) -> None:
    item = asking(city)
    for contact in ("", "Gatan 1"):
        answer = registrar.post(address(item), filled(item, registrar) | {"contact": contact})
        assert answer.status_code == 422
        assert set(answer.context["order"].errors) == {"contact"}
    sent = filled(item, registrar, contact="Gatan 1")
    del sent["with_code"]
    assert registrar.post(address(item), sent).status_code == 302


def test_9_a_number_of_a_case_that_one_may_not_see_is_only_a_number(
    registrar: Client, city: SmallCity
) -> None:
    item = take(mails.mail("Begäran", text="Jag vill se KS 1999/7."))
    registrar.post(address(item), filled(item, registrar))
    order = DisclosureRequest.objects.get(came_as=item)
    assert order.number == "KS 1999/7"
    assert registrar.get(reverse("desk_disclosure", args=[order.pk])).context["found"] == []
