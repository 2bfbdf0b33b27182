# SPDX-License-Identifier: EUPL-1.2
"""The meeting room: what is beside the matter, noting, the gavel, jäv, two at once (R30–R32)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casework.consultation.services import state_no_consultation
from casework.initiatives.enums import ScopeReason
from casework.initiatives.models import Initiative
from casework.meetings.models import Decision
from casework.meetings.selectors import noted_in
from casework.organisation.enums import Role
from casework.organisation.services import appoint
from casework.prioritisation.services import reopen_ranking
from casework.process.enums import Standing
from casework.process.services import accept_scope, hand_to_group, save_preparation
from casework.register.enums import LinkKind
from casework.register.services import link_cases
from docgen.services import create_report
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(city: SmallCity) -> str:
    """The address of the group's room, with three initiatives and three members there."""
    third = small.person(city, "ledamot2")
    appoint(
        user=third, role=Role.GROUP_MEMBER, scope=city.bodies["grupp-pedagogiska"], actor=None,
        valid_from=dt.date(2020, 1, 1),
    )  # fmt: skip
    city.meeting("grupp-pedagogiska", "ordforande", "ledamot", "ledamot2")
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Tre till.")
    for name in ("ett", "tva", "tre"):
        city.initiatives[name] = small.with_group(city, f"Karta {name}")
    return f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/"


def as_(city: SmallCity, name: str) -> Client:
    client = Client()
    client.force_login(city.people[name])
    return client


def standing(city: SmallCity, name: str) -> str:
    found = Initiative.objects.select_related("process").get(pk=city.initiatives[name].pk)
    return str(found.process.position)


def text_of(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def test_the_matter_stands_with_report_records_and_the_meetings_keys(
    city: SmallCity, room: str
) -> None:
    one = city.initiatives["ett"]
    create_report(case=city.case("ett"), actor=city.people["handlaggare"])
    text = text_of(as_(city, "ordforande").get(f"{room}?initiativ={one.pk}"))
    for words in (
        "Tjänsteutlåtande", "Handlingar", "Liknande tidigare beslut", "Kostnad", "3 av 3 ledamöter",
        '<kbd>4</kbd> Bordlägg', "Ctrl",
    ):  # fmt: skip
        assert words in text
    assert "autofocus" not in text
    chosen = text_of(as_(city, "ordforande").get(f"{room}?initiativ={one.pk}&utfall=reject"))
    assert re.search(r"<textarea[^>]*name=\"reason\"[^>]*autofocus", chosen)


def test_what_a_member_notes_the_chair_decides(city: SmallCity, room: str) -> None:
    one, two = city.initiatives["ett"], city.initiatives["tva"]
    answer = as_(city, "ledamot").post(
        room, {"initiative": one.pk, "note": "admit", "reason": "Stor nytta.", "also": [two.pk]}
    )
    assert answer["Location"].endswith(f"?initiativ={city.initiatives['tre'].pk}")
    assert standing(city, "ett") == Standing.WITH_GROUP
    chair, member = as_(city, "ordforande"), as_(city, "ledamot2")
    assert "Besluta de 2 antecknade" in text_of(chair.get(room))
    assert "Ordföranden beslutar det antecknade" in text_of(member.get(room))
    member.post(room, {"gavel": "all"})
    assert standing(city, "ett") == Standing.WITH_GROUP
    chair.post(room, {"gavel": "all"})
    assert {standing(city, name) for name in ("ett", "tva")} == {Standing.ADMITTED}
    rows = Decision.objects.filter(case__in=[city.case("ett"), city.case("tva")])
    assert len({row.act for row in rows}) == 1
    assert "Beslutat på mötet" in text_of(chair.get(room))


def test_what_is_noted_is_undone_by_a_button(city: SmallCity, room: str) -> None:
    one, chair = city.initiatives["ett"], as_(city, "ordforande")
    chair.post(room, {"initiative": one.pk, "note": "reject", "reason": "Finns redan."})
    again = text_of(chair.get(f"{room}?initiativ={one.pk}"))
    assert "Finns redan." in again
    chair.post(room, {"undo": one.pk})
    assert noted_in(city.meeting("grupp-pedagogiska")) == []


def test_8_the_room_tells_what_is_noted_before_somebody_decides_at_once(
    city: SmallCity, room: str
) -> None:
    one, chair, member = city.initiatives["ett"], as_(city, "ordforande"), as_(city, "ledamot")
    here, act = f"{room}?initiativ={one.pk}", {"meeting": city.meeting("grupp-pedagogiska").pk}
    at_once = {"initiative": one.pk, "outcome": "admit", "reason": "", **act}
    assert "Besluta genast" in text_of(member.get(here))
    member.post(room, {"initiative": one.pk, "note": "reject", "reason": "Finns redan."})
    hidden = text_of(member.get(here))
    assert "Besluta genast" not in hidden
    assert 'name="delegation"' not in hidden
    refused = member.post(room, at_once)
    assert refused.status_code == 422
    assert "Det beslutar bara ordföranden eller sekreteraren" in text_of(refused)
    told = chair.post(room, at_once)
    assert told.status_code == 422
    for words in (
        "Ledamot Ek har antecknat ett annat utfall", "Ledamot Ek har antecknat: avslå",
        'name="over" value="reject"',
    ):  # fmt: skip
        assert words in text_of(told)
    assert standing(city, "ett") == Standing.WITH_GROUP
    chair.post(room, at_once | {"over": "reject"})
    assert standing(city, "ett") == Standing.ADMITTED


def test_a_note_without_its_reason_says_so_and_notes_nothing(city: SmallCity, room: str) -> None:
    answer = as_(city, "ordforande").post(
        room, {"initiative": city.initiatives["ett"].pk, "note": "reject", "reason": ""}
    )
    assert answer.status_code == 422
    assert "Skriv skälet" in text_of(answer)
    assert noted_in(city.meeting("grupp-pedagogiska")) == []


def test_a_tabled_initiative_waits_and_is_not_offered_again(city: SmallCity, room: str) -> None:
    one, chair = city.initiatives["ett"], as_(city, "ordforande")
    chair.post(room, {"initiative": one.pk, "note": "table", "reason": "Kostnaden saknas."})
    chair.post(room, {"gavel": str(one.pk)})
    assert standing(city, "ett") == Standing.WITH_GROUP
    text = text_of(chair.get(room))
    assert "Bordlagt" in text
    assert f'href="?initiativ={city.initiatives["tva"].pk}" aria-current="true"' in text


def test_who_is_disqualified_leaves_the_room_for_that_item(city: SmallCity, room: str) -> None:
    one, member = city.initiatives["ett"], as_(city, "ledamot")
    answer = member.post(
        room,
        {"jav": "", "initiative": one.pk, "case": one.case_id,
         "user": city.people["ledamot"].pk, "reason": "Skrev det."},
    )  # fmt: skip
    assert answer.status_code == 302
    text = text_of(member.get(f"{room}?initiativ={one.pk}"))
    assert "Du deltar inte i det här ärendet" in text
    assert "2 av 3 ledamöter" in text
    member.post(room, {"initiative": one.pk, "note": "admit", "reason": ""})
    assert noted_in(city.meeting("grupp-pedagogiska")) == []
    assert 'name="note"' in text_of(member.get(f"{room}?initiativ={city.initiatives['tva'].pk}"))


def test_presence_is_kept_while_the_meeting_goes_on(city: SmallCity, room: str) -> None:
    chair = as_(city, "ordforande")
    chair.post(room, {"attendance": "", "present": [city.people["ordforande"].pk]})
    text = text_of(chair.get(room))
    assert "1 av 3 ledamöter" in text
    chair.post(room, {"initiative": city.initiatives["ett"].pk, "note": "admit", "reason": ""})
    answer = chair.post(room, {"gavel": "all"}, follow=True)
    assert "Mer än hälften av ledamöterna" in text_of(answer)
    assert standing(city, "ett") == Standing.WITH_GROUP


def test_two_at_once_see_each_other(
    city: SmallCity, room: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting, one = city.meeting("grupp-pedagogiska"), city.initiatives["ett"]
    now = f"/admin/moten/{meeting.pk}/nu/"
    since = timezone.now().isoformat()
    chair, member = as_(city, "ordforande"), as_(city, "ledamot")
    member.post(now, {"since": since, "case": one.case_id})
    chair.post(room, {"initiative": one.pk, "note": "admit", "reason": "Nytta."})
    told = text_of(member.post(now, {"since": since, "case": one.case_id}))
    assert f"Ordforande Ek antecknade ett utfall {timezone.localtime():%H}" in told
    assert "Det gäller ärendet som du läser" in told
    chair.post(room, {"gavel": "all"})
    told = text_of(member.post(now, {"since": since}))
    assert "Ordforande Ek beslutade" in told
    assert "Initiativet togs med i områdets prioritering." in told
    late = member.post(room, {"initiative": one.pk, "note": "reject", "reason": "Mitt skäl."})
    assert late.status_code == 409
    assert "Ordforande Ek var först" in text_of(late)
    assert "Mitt skäl." in text_of(late)
    with django_assert_max_num_queries(11):
        mine = text_of(chair.post(now, {"since": since, "case": one.case_id}))
    assert "Ledamot Ek" in mine
    assert "beslutade" not in mine
    assert as_(city, "registrator").post(now).status_code == 404


def test_the_minutes_write_themselves(city: SmallCity, room: str) -> None:
    one, chair = city.initiatives["ett"], as_(city, "ordforande")
    member = city.people["ledamot"]
    chair.post(
        room,
        {"jav": "", "initiative": one.pk, "case": one.case_id, "user": member.pk,
         "reason": "Skrev det."},
    )  # fmt: skip
    chair.post(room, {"initiative": one.pk, "note": "admit", "reason": "Stor nytta."})
    chair.post(room, {"gavel": "all"})
    meeting = city.meeting("grupp-pedagogiska")
    decision = Decision.objects.get(case=one.case, meeting=meeting)
    chair.post(
        f"/admin/beslut/{decision.pk}/avvikande/",
        {"kind": "reservation", "people": [city.people["ledamot2"].pk],
         "proposal": "Initiativet avslås."},
    )  # fmt: skip
    assert str(member) not in text_of(chair.get(f"/admin/beslut/{decision.pk}/avvikande/"))
    text = text_of(chair.get(f"/admin/moten/{meeting.pk}/protokoll/"))
    for words in (
        decision.paragraph, decision.case.dnr, "Stor nytta.", "Ledamot2 Ek, ledamot",
        f"{member} lämnade rummet för {decision.case.dnr} och deltog inte i beslutet: Skrev det.",
        "Inte justerat.", "<strong>Reservation</strong>: Ledamot2 Ek", "Initiativet avslås.",
    ):  # fmt: skip
        assert words in text


def test_a_long_agenda_costs_no_more_queries(
    city: SmallCity, room: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    chair = as_(city, "ordforande")
    chair.get(room)
    with CaptureQueriesContext(connection) as few:
        chair.get(room)
    for number in range(4):
        small.with_group(city, f"Ännu en karta {number}")
    with django_assert_max_num_queries(len(few) + 1):
        chair.get(room)


def test_benefit_cost_and_dependencies_stand_beside_the_text(city: SmallCity, room: str) -> None:
    needed = small.registered(city, "Skolskjuts på karta")
    full = small.registered(city, "Skolskjuts i appen")
    officer = city.people["handlaggare"]
    save_preparation(
        initiative=full, actor=officer,
        answers={
            "cost_plan": {"one_off": ["800", "", ""], "running": ["", "70", "70"], "after": "60"},
            "benefit_scale": {"citizens": {"level": "4", "measure": "Samtal", "evidence": ""}},
        },
    )  # fmt: skip
    assert needed.case is not None
    assert full.case is not None
    link_cases(case=full.case, kind=LinkKind.DEPENDS_ON, number=needed.case.dnr, actor=officer)
    accept_scope(initiative=full, actor=officer, ground=ScopeReason.CROSS)
    state_no_consultation(case=full.case, reason="De berörda var med.", actor=officer)
    hand_to_group(initiative=full, actor=officer)
    text = text_of(as_(city, "ledamot").get(f"{room}?initiativ={full.pk}"))
    for words in (
        "●●●●○", "4 Stor: ett nytt arbetssätt", "Inte bedömd", "800\xa0tkr", "Därefter, per år",
        f"Kräver {needed.case.dnr}",
    ):  # fmt: skip
        assert words.replace("\xa0", " ") in text.replace("\xa0", " ")
