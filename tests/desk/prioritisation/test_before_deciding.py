# SPDX-License-Identifier: EUPL-1.2
"""Pages say before anything is typed what cannot be decided yet, and lead to the meeting (8)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.meetings.services import close_meeting
from casework.prioritisation import services
from casework.process.services import complete, reject
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def _read(city: SmallCity, client: Client, who: str, address: str) -> str:
    client.force_login(city.people[who])
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def _room(city: SmallCity) -> str:
    return reverse("desk_meeting", args=[city.round.slug, "pedagogiska"])


def _ranking(city: SmallCity) -> str:
    return reverse("desk_ranking", args=[city.round.slug, "pedagogiska"])


def test_8_the_room_says_why_nothing_is_admitted_to_a_fixed_list(
    city: SmallCity, client: Client
) -> None:
    """The reason was typed first, and refused then."""
    waiting = city.initiatives["completion"]
    complete(initiative=waiting, actor=city.people["kontakt"], reason="200 tkr om året.")
    assert city.round_area.is_fixed
    here = f"{_room(city)}?initiativ={waiting.pk}"
    page = _read(city, client, "ordforande", here)
    assert "Det går inte att välja ”" in page
    assert "Områdets lista är fastställd." in page
    assert 'name="outcome"' not in page
    other = _read(city, client, "ordforande", f"{here}&utfall=defer")
    assert "Det går inte att välja" not in other
    assert 'name="outcome"' in other


def test_8_without_a_meeting_only_who_decides_by_delegation_is_asked_to_write(
    city: SmallCity, client: Client
) -> None:
    """A member typed a reason and was refused."""
    waiting = city.initiatives["completion"]
    complete(initiative=waiting, actor=city.people["kontakt"], reason="200 tkr om året.")
    close_meeting(meeting=city.meeting("grupp-pedagogiska"), actor=city.people["ordforande"])
    here = f"{_room(city)}?initiativ={waiting.pk}&utfall=defer"
    member = _read(city, client, "ledamot", here)
    assert "Gruppen beslutar på sitt möte" in member
    assert 'name="outcome"' not in member
    assert 'name="outcome"' in _read(city, client, "ordforande", here)
    city.meeting("grupp-pedagogiska")
    assert 'name="note"' in _read(city, client, "ledamot", here)


def test_8_a_list_is_not_offered_to_be_fixed_while_something_is_still_tried(
    city: SmallCity, client: Client
) -> None:
    chair = city.people["ordforande"]
    services.reopen_ranking(area=city.round_area, actor=chair, reason="En till.")
    new = small.with_group(city, "Nya lampor")
    page = _read(city, client, "ordforande", _ranking(city))
    assert 'name="fix"' not in page
    assert "Listan kan fastställas när" in page
    reject(initiative=new, actor=chair, act=city.act("grupp-pedagogiska"), reason="Finns redan.")
    left = city.round_area.round.candidacies.filter(
        stage="with_group", initiative__service_area=city.area
    )
    for row in left:
        reject(
            initiative=row.initiative, actor=chair, act=city.act("grupp-pedagogiska"), reason="Nej."
        )
    page = _read(city, client, "ordforande", _ranking(city))
    assert 'name="fix"' in page
    assert "Listan kan fastställas när" not in page


@pytest.mark.parametrize(
    ("body", "who", "page"),
    [
        ("utvecklingsradet", "radet", "desk_council"),
        ("kommunfullmaktige", "beslut", "desk_city_council"),
    ],
)
def test_8_a_meeting_and_where_its_body_decides_lead_to_each_other(
    city: SmallCity, client: Client, body: str, who: str, page: str
) -> None:
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="En till."
    )
    new = small.admitted(city, "Nya lampor")
    small.fix_list(city, new)
    small.hand_over(city, new)
    if body == "kommunfullmaktige":
        small.recommend(city, new)
    decides = reverse(page, args=[city.round.slug])
    meeting = city.meeting(body)
    here = reverse("desk_body_meeting", args=[meeting.pk])
    assert f'href="{decides}"' in _read(city, client, who, here)
    assert f'href="{here}"' in _read(city, client, who, decides)
    close_meeting(meeting=meeting, actor=city.people[who])
    told = _read(city, client, who, decides)
    assert "Inget möte pågår i " in told
    assert f'href="{here}"' not in told
    assert f'href="{decides}"' not in _read(city, client, who, here), "it is over"


def test_8_the_committees_meeting_leads_to_what_waits_for_it(
    city: SmallCity, client: Client
) -> None:
    small.seat_committee(city)
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="En till."
    )
    service = small.admitted(city, "E-tjänst för lampor", eservice=True)
    small.fix_list(city, service)
    services.hand_eservices_to_committee(round=city.round, actor=city.people["slk"])
    meeting = city.meeting("e-tjansteutskottet")
    here = reverse("desk_body_meeting", args=[meeting.pk])
    decides = reverse("desk_decide", args=[service.pk, "give_committee_opinion"])
    assert f'href="{decides}"' in _read(city, client, "radet", here)
    assert f'href="{here}"' in _read(city, client, "radet", decides)


def test_8_the_room_and_the_groups_meeting_lead_to_each_other(
    city: SmallCity, client: Client
) -> None:
    small.with_group(city, "Nya lampor")
    here = reverse("desk_body_meeting", args=[city.meeting("grupp-pedagogiska").pk])
    assert f'href="{_room(city)}"' in _read(city, client, "ordforande", here)
    assert f'href="{here}"' in _read(city, client, "ordforande", _room(city))


def test_8_a_version_is_told_without_a_stray_full_stop(city: SmallCity, client: Client) -> None:
    """It said "utkast . Två till"."""
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="Två till."
    )
    page = _read(city, client, "ordforande", _ranking(city))
    assert "</a>, utkast. Två till.</li>" in page
    assert " . " not in page.partition('id="versioner"')[2].partition("</section>")[0]
