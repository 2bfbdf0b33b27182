# SPDX-License-Identifier: EUPL-1.2
"""What a meeting's pages lead on to, and what they already know (issue 8)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "who", "name"),
    [
        ("utvecklingsradet", "radet", "desk_council"),
        ("kommunfullmaktige", "beslut", "desk_city_council"),
    ],
)
def test_8_a_meeting_leads_to_the_list_that_its_body_decides_on(
    city: SmallCity, client: Client, body: str, who: str, name: str
) -> None:
    meeting = city.meeting(body)
    client.force_login(city.people[who])
    page = client.get(reverse("desk_body_meeting", args=[meeting.pk])).content.decode()
    assert f'href="{reverse(name, args=[city.round.slug])}"' in page


def test_8_a_groups_meeting_leads_to_its_room_and_to_no_other_bodys_list(
    city: SmallCity, client: Client
) -> None:
    meeting = city.meeting("grupp-pedagogiska")
    client.force_login(city.people["ordforande"])
    page = client.get(reverse("desk_body_meeting", args=[meeting.pk])).content.decode()
    assert reverse("desk_meeting", args=[city.round.slug, "pedagogiska"]) in page
    assert reverse("desk_council", args=[city.round.slug]) not in page
