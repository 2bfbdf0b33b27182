# SPDX-License-Identifier: EUPL-1.2
"""A meeting's page: an agenda from what is ready, the calling, the approval (R18, R45)."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.feedback.models import Notice
from casework.meetings.models import Meeting
from casework.meetings.services import (
    approve_minutes,
    cancel_meeting,
    close_meeting,
    open_meeting,
    plan_meeting,
    record_decision,
    set_agenda,
)
from casework.process.calendar import DayKind, days_of
from casework.process.selectors import ready_for
from casework.register.services import mark_secret
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(city: SmallCity) -> Client:
    """The chair's browser, with two initiatives before the group."""
    for name in ("ett", "tva"):
        city.initiatives[name] = small.with_group(city, f"Karta {name}")
    client = Client()
    client.force_login(city.people["ordforande"])
    return client


def planned(city: SmallCity) -> Meeting:
    return plan_meeting(
        body=city.bodies["grupp-pedagogiska"], day=timezone.localdate(),
        actor=city.people["ordforande"],
    )  # fmt: skip


def text_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_the_agenda_is_proposed_from_what_is_ready_and_called(
    city: SmallCity, chair: Client
) -> None:
    meeting = planned(city)
    here = f"/admin/moten/{meeting.pk}/"
    assert "Ta upp de 2 ärenden som är beredda" in text_of(chair, here)
    chair.post(here, {"propose": ""})
    assert list(meeting.agenda.values_list("case", flat=True)) == [
        city.case(name).pk for name in ("ett", "tva")
    ]
    before = Notice.objects.count()
    chair.post(here, {"call": ""})
    assert Notice.objects.count() == before + 2
    text = text_of(chair, here)
    assert "Kallelsen skickades" in text
    assert "Skicka kallelsen igen" in text
    assert f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/" in text


def test_a_changed_agenda_keeps_what_the_caller_may_not_see(city: SmallCity, chair: Client) -> None:
    meeting, chairs = planned(city), city.people["ordforande"]
    set_agenda(meeting=meeting, cases=ready_for(meeting.body), actor=chairs)
    secret = city.case("tva")
    mark_secret(case=secret, provision="OSL 26 kap. 1 §", actor=city.people["registrator"])
    chair.post(f"/admin/moten/{meeting.pk}/", {"agenda": "", "numbers": city.case("ett").dnr})
    assert set(meeting.agenda.values_list("case", flat=True)) == {
        city.case("ett").pk, secret.pk,
    }  # fmt: skip


def test_8_a_meetings_page_reads_a_number_in_ones_own_series(
    city: SmallCity, chair: Client
) -> None:
    meeting = city.meeting("grupp-pedagogiska")
    here, (one, two) = f"/admin/moten/{meeting.pk}/", (city.case("ett"), city.case("tva"))
    chair.post(here, {"agenda": "", "numbers": f"{two.serial}\n {one.dnr.lower()} \n"})
    assert list(meeting.agenda.order_by("position").values_list("case", flat=True)) == [
        two.pk, one.pk,
    ]  # fmt: skip
    chair.post(here, {"decision": "", "number": str(one.serial), "points": "Noteras."})
    decision = meeting.decisions.order_by("pk").last()
    assert decision is not None
    assert decision.case == one
    wrong = chair.post(here, {"agenda": "", "numbers": f"{one.serial}\n9999"})
    assert wrong.status_code == 422
    assert "”9999”: Det finns inget ärende med det numret." in wrong.content.decode()
    assert meeting.agenda.count() == 2


def test_8_a_number_of_a_case_that_one_may_not_see_reads_as_nobodys(
    city: SmallCity, chair: Client
) -> None:
    meeting, secret = city.meeting("grupp-pedagogiska"), city.case("tva")
    mark_secret(case=secret, provision="OSL 26 kap. 1 §", actor=city.people["registrator"])
    for data in ({"agenda": "", "numbers": str(secret.serial)}, {
        "decision": "", "number": str(secret.serial), "points": "Noteras.",
    }):  # fmt: skip
        answer = chair.post(f"/admin/moten/{meeting.pk}/", data)
        assert answer.status_code == 422
        assert "Det finns inget ärende med det numret." in answer.content.decode()
    assert not meeting.agenda.exists()


def test_the_minutes_are_approved_on_the_page_with_a_member(city: SmallCity, chair: Client) -> None:
    meeting, member = city.meeting("grupp-pedagogiska"), city.people["ledamot"]
    close_meeting(meeting=meeting, actor=city.people["ordforande"])
    assert f"Justeras senast {meeting.approve_by}" in text_of(chair, "/admin/moten/")
    chair.post(
        f"/admin/moten/{meeting.pk}/",
        {"approve": "", "on": timezone.localdate().isoformat(), "approved_by": member.pk},
    )
    meeting.refresh_from_db()
    assert meeting.approved_by == member
    assert str(member) in text_of(chair, f"/admin/moten/{meeting.pk}/protokoll/")


def test_the_approved_minutes_are_fetched_as_a_file_by_those_who_may_see_the_meeting(
    city: SmallCity, chair: Client
) -> None:
    meeting = city.meeting("grupp-pedagogiska")
    case, leader = city.case("ett"), city.people["ordforande"]
    record_decision(
        cases=[case], body=meeting.body, actor=leader, meeting=meeting, points=["Noteras."]
    )
    close_meeting(meeting=meeting, actor=leader)
    here, file = (
        reverse(name, args=[meeting.pk]) for name in ("desk_minutes", "desk_minutes_file")
    )
    assert chair.get(file).status_code == 404
    assert file not in text_of(chair, here)
    approve_minutes(meeting=meeting, actor=leader)
    assert f'href="{file}"' in text_of(chair, here)
    answer = chair.get(file)
    day = meeting.day.isoformat()
    assert re.search(rf'attachment; filename="protokoll-[a-z-]+-{day}\.docx"', answer.headers[
        "Content-Disposition"
    ])  # fmt: skip
    outsider = Client()
    outsider.force_login(city.people["handlaggare"])
    assert outsider.get(file).status_code == 404
    mark_secret(case=case, provision="OSL 26 kap. 1 §", actor=city.people["registrator"])
    assert chair.get(file).status_code == 404
    text = text_of(chair, here)
    assert file not in text
    assert "nämner ett ärende som du inte får läsa" in text


def test_8_a_closed_meetings_page_starts_no_part_that_it_does_not_bring(
    city: SmallCity, chair: Client
) -> None:
    meeting = close_meeting(
        meeting=city.meeting("grupp-pedagogiska"), actor=city.people["ordforande"]
    )
    text = text_of(chair, f"/admin/moten/{meeting.pk}/")
    assert "Justerat den" in text
    assert ("data-starts" in text) == ("date-time-chooser.js" in text)


@pytest.mark.parametrize("button", ["agenda", "jav", "decision"])
def test_6_what_is_wrong_in_a_folded_form_is_unfolded(
    city: SmallCity, chair: Client, button: str
) -> None:
    meeting = city.meeting("grupp-pedagogiska")
    here = f"/admin/moten/{meeting.pk}/"
    assert "<details open>" not in text_of(chair, here)
    answer = chair.post(here, {button: "", "numbers": "inget nummer"})
    assert answer.status_code == 422
    page = re.sub(r"\s+", " ", answer.content.decode())
    assert page.count("<details open>") == 1
    unfolded = page[page.index("<details open>") :]
    assert f'name="{button}"' in unfolded[: unfolded.index("</details>")]
    assert "Rätta det här först" in unfolded[: unfolded.index("</details>")]


def test_8_a_meeting_that_is_called_off_tells_those_who_were_called(
    chair: Client, city: SmallCity
) -> None:
    meeting = planned(city)
    page = reverse("desk_body_meeting", args=[meeting.pk])
    chair.post(page, {"propose": ""})
    chair.post(page, {"call": ""})
    called = {notice.user_id for notice in Notice.objects.filter(subject__startswith="Kallelse")}
    refused = chair.post(page, {"cancel": "", "reason": " "})
    assert refused.status_code == 422
    assert "Ställ in mötet" in refused.content.decode()
    chair.post(page, {"cancel": "", "reason": "Ordföranden är sjuk."})
    told = Notice.objects.filter(subject__startswith="Inställt")
    assert {notice.user_id for notice in told} == called != set()
    assert all("Ordföranden är sjuk." in notice.body for notice in told)
    shown = text_of(chair, page)
    assert "Mötet är inställt: Ordföranden är sjuk." in shown
    for gone in ("Öppna mötet", "Ändra dagordningen", "Ställ in mötet", "Spara anteckningarna"):
        assert gone not in shown
    assert "Inställt" in text_of(chair, reverse("desk_meetings"))


def test_8_nothing_goes_on_in_a_meeting_that_is_called_off(city: SmallCity) -> None:
    meeting, chair = planned(city), city.people["ordforande"]
    cancel_meeting(meeting=meeting, reason="Inget att ta upp", actor=chair)
    assert not Notice.objects.filter(subject__startswith="Inställt").exists()
    with pytest.raises(ValidationError, match="inställt"):
        open_meeting(meeting=meeting, chair=chair, present=[chair], actor=chair)
    with pytest.raises(ValidationError, match="inställt"):
        set_agenda(meeting=meeting, cases=[], actor=chair)
    with pytest.raises(ValidationError, match="ställas in"):
        cancel_meeting(meeting=meeting, reason="Igen", actor=chair)
    days = [day for day in days_of(chair) if day.kind == DayKind.MEETING]
    assert meeting not in [day.obj for day in days]
