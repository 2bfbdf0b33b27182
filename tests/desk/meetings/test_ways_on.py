# SPDX-License-Identifier: EUPL-1.2
"""What a meeting's pages lead on to, and what they already know (issue 8)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.initiatives.models import Initiative
from casework.meetings.models import Decision, Meeting
from casework.meetings.services import plan_meeting, set_agenda
from casework.prioritisation.services import reopen_ranking
from tests import small_city as small
from tests.small_city import SmallCity
from ui.links import url_for

pytestmark = pytest.mark.django_db


def admitted(city: SmallCity) -> Initiative:
    """An initiative that the group has taken in."""
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    return small.admitted(city, "Cykelkarta")


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


def test_8_a_dissent_is_written_with_the_case_and_what_was_decided_in_sight(
    city: SmallCity, client: Client
) -> None:
    initiative = admitted(city)
    assert initiative.case is not None
    decision = Decision.objects.get(case=initiative.case)
    client.force_login(city.people["ledamot"])
    page = client.get(reverse("desk_dissent", args=[decision.pk])).content.decode()
    assert f"<strong>{initiative.case.dnr}</strong> Cykelkarta" in page
    assert f"{decision.paragraph}, {decision.day}: Initiativet togs med i områdets" in page


def test_8_a_case_does_not_say_the_same_of_a_decision_twice(
    city: SmallCity, client: Client
) -> None:
    initiative = admitted(city)
    client.force_login(city.people["handlaggare"])
    page = client.get(url_for(initiative.case, "desk")).content.decode()
    decisions = page.partition('<section aria-labelledby="decisions">')[2]
    decisions = decisions.partition("</section>")[0]
    assert decisions.count("Initiativet togs med i områdets prioritering.") == 1


def test_8_the_appointed_chair_is_proposed_as_the_chair_of_the_meeting(
    city: SmallCity, client: Client
) -> None:
    chair = city.people["ordforande"]
    meeting = plan_meeting(
        body=city.bodies["grupp-pedagogiska"], day=timezone.localdate(), actor=chair
    )
    client.force_login(chair)
    answer = client.get(reverse("desk_body_meeting", args=[meeting.pk]))
    assert answer.context["attendance_form"]["chair"].value() == chair.pk


@pytest.mark.parametrize("typed", ["13", "13.00", "13:00"])
def test_8_the_hour_of_a_meeting_is_typed_as_people_write_it(
    city: SmallCity, client: Client, typed: str
) -> None:
    body = city.bodies["grupp-pedagogiska"]
    client.force_login(city.people["ordforande"])
    day = timezone.localdate() + dt.timedelta(days=30)
    fields = {"body": body.pk, "day": day.isoformat(), "starts_at": typed}
    assert client.post(reverse("desk_meetings"), fields).status_code == 302
    assert Meeting.objects.get(body=body, day=day).starts_at == dt.time(13)


def test_8_an_hour_that_cannot_be_read_says_how_to_write_it(
    city: SmallCity, client: Client
) -> None:
    client.force_login(city.people["ordforande"])
    fields = {"body": city.bodies["grupp-pedagogiska"].pk, "day": "2027-01-12", "starts_at": "ett"}
    answer = client.post(reverse("desk_meetings"), fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors["starts_at"] == ["Skriv klockslaget som 13.00."]


def test_8_what_became_ready_after_the_agenda_was_set_is_added_last(
    city: SmallCity, client: Client
) -> None:
    client.force_login(city.people["ordforande"])
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Tre till.")
    first, second = (small.with_group(city, name).case for name in ("Cykelkarta", "Badkarta"))
    assert first is not None
    assert second is not None
    meeting = city.meeting("grupp-pedagogiska")
    set_agenda(meeting=meeting, cases=[second], actor=city.people["ordforande"])
    here = reverse("desk_body_meeting", args=[meeting.pk])
    assert "Lägg till det ärende som också är berett" in client.get(here).content.decode()
    client.post(here, {"propose": ""})
    rows = meeting.agenda.order_by("position").values_list("case", flat=True)
    assert list(rows) == [second.pk, first.pk]
    assert 'name="propose"' not in client.get(here).content.decode()


def test_8_the_council_takes_up_what_is_handed_over_without_typing_numbers(
    city: SmallCity, client: Client
) -> None:
    initiative = admitted(city)
    small.fix_list(city, initiative)
    small.hand_over(city, initiative)
    assert initiative.case is not None
    meeting = plan_meeting(
        body=city.bodies["utvecklingsradet"],
        day=timezone.localdate() + dt.timedelta(days=3),
        actor=city.people["radet"],
    )
    client.force_login(city.people["radet"])
    client.post(reverse("desk_body_meeting", args=[meeting.pk]), {"propose": ""})
    assert initiative.case_id in meeting.agenda.values_list("case_id", flat=True)
