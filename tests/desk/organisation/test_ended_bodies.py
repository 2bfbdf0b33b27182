# SPDX-License-Identifier: EUPL-1.2
"""What the pages say where a body has ceased and its work is left (R16, R47, issue 6)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.organisation.services import end_body
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(city: SmallCity) -> SmallCity:
    """The group ceased yesterday, with an initiative before it."""
    city.initiatives["left"] = small.with_group(city, "Kvar hos gruppen")
    end_body(
        body=city.bodies["grupp-pedagogiska"],
        on=timezone.localdate() - dt.timedelta(days=1),
        actor=None,
    )
    return city


def _read(city: SmallCity, who: str, address: str) -> str:
    client = Client()
    client.force_login(city.people[who])
    return " ".join(client.get(address).content.decode().split())


def test_6_the_case_says_that_nobody_can_take_the_next_step(ended: SmallCity) -> None:
    case = ended.initiatives["left"].case
    assert case is not None
    page = _read(ended, "slk", reverse("desk_case", args=[case.pk]))
    assert "Ingen kan ta nästa steg" in page


def test_6_the_groups_room_does_not_name_a_body_that_has_ceased(ended: SmallCity) -> None:
    page = _read(ended, "slk", f"/admin/omgang/{ended.round.slug}/grupp/pedagogiska/")
    assert "Ingen: området har ingen grupp med ledamöter i dag." in page
    assert "Beslutet antecknas med ditt namn" not in page


def test_6_the_rounds_page_asks_for_a_new_group(ended: SmallCity) -> None:
    address = reverse("desk_round", args=[ended.round.slug])
    said = "har upphört. Välj vilken grupp som beslutar."
    assert said in _read(ended, "slk", address)


def test_6_no_body_takes_the_place_of_itself(city: SmallCity, admin: Client) -> None:
    body = city.bodies["kommunstyrelsen"]
    answer = admin.post(
        reverse("body:edit", args=[body.pk]),
        {
            "kind": body.kind,
            "name": body.name,
            "authority": body.authority_id,
            "predecessor": body.pk,
            "slug": body.slug,
            "valid_from": body.valid_from.isoformat(),
        },
    )
    assert "Ingen ersätter sig själv" in answer.content.decode()
    body.refresh_from_db()
    assert body.predecessor is None
