# SPDX-License-Identifier: EUPL-1.2
"""Who dissents, with which party: members with accounts and elected ones without (R62, R70)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.meetings.models import Decision
from casework.meetings.services import note_attendance, note_disqualification, record_decision
from casework.organisation.enums import Role
from casework.organisation.services import appoint
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def decided(city: SmallCity, body: str, who: str) -> Decision:
    """A decision that the body has just made."""
    assert city.letter is not None
    (decision,) = record_decision(
        cases=[city.letter], body=city.bodies[body], meeting=city.meeting(body),
        actor=city.people[who], points=["Förslaget bifalls."],
    )  # fmt: skip
    return decision


def test_8_the_secretary_notes_the_reservation_of_elected_ones_without_accounts(
    city: SmallCity, client: Client
) -> None:
    decision = decided(city, "kommunfullmaktige", "beslut")
    client.force_login(city.people["beslut"])
    fields = {"kind": "reservation", "others": "Namn Ett (X)\nNamn Två", "proposal": "Avslå."}
    answer = client.post(reverse("desk_dissent", args=[decision.pk]), fields)
    assert answer.status_code == 302
    dissent = decision.dissents.get()
    assert [str(row) for row in dissent.persons.order_by("pk")] == ["Namn Ett (X)", "Namn Två"]


def test_8_a_group_of_officials_is_not_asked_for_elected_ones_without_accounts(
    city: SmallCity, client: Client
) -> None:
    decision = decided(city, "grupp-pedagogiska", "ordforande")
    client.force_login(city.people["ordforande"])
    address = reverse("desk_dissent", args=[decision.pk])
    assert 'name="others"' not in client.get(address).content.decode()
    client.post(address, {"kind": "reservation", "others": "Namn Ett (X)"})
    assert not decision.dissents.exists()


def test_8_a_member_notes_nobody_but_oneself_also_by_name(city: SmallCity, client: Client) -> None:
    member = city.people["ledamot"]
    decision = decided(city, "grupp-pedagogiska", "ordforande")
    client.force_login(member)
    fields = {"kind": "reservation", "people": [member.pk], "others": "Namn Ett (X)"}
    assert client.post(reverse("desk_dissent", args=[decision.pk]), fields).status_code == 302
    assert [row.user for row in decision.dissents.get().persons.all()] == [member]


def test_8_who_took_no_part_is_not_led_to_a_dissent(city: SmallCity, client: Client) -> None:
    """A disqualified member was led to a form that was then refused."""
    member, chair, body = city.people["ledamot"], city.people["ordforande"], "grupp-pedagogiska"
    third = city.people["larare"]
    appoint(user=third, role=Role.GROUP_MEMBER, scope=city.bodies[body], actor=None)
    assert city.letter is not None
    meeting = city.meeting(body)
    note_attendance(meeting=meeting, present=[chair, member, third], actor=chair)
    note_disqualification(
        meeting=meeting, case=city.letter, user=member, reason="Släkt.", actor=member
    )
    decision = decided(city, body, "ordforande")
    link = reverse("desk_dissent", args=[decision.pk])
    page = reverse("desk_body_meeting", args=[decision.meeting_id])
    for who, led in (("ledamot", False), ("ordforande", True)):
        client.force_login(city.people[who])
        assert (link in client.get(page).content.decode()) is led
