# SPDX-License-Identifier: EUPL-1.2
"""A remiss is read as a whole, and those who were asked are reminded once (R65, R66)."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.consultation.enums import AnswerState, Position
from casework.consultation.models import Consultation
from casework.consultation.services import (
    Asked,
    extend_consultee,
    note_answer,
    open_consultation,
)
from casework.feedback.models import Concern, Notice, Reminder
from casework.feedback.selectors import news_of
from casework.feedback.tasks import send_reminders
from casework.organisation.enums import Role
from casework.organisation.models import Appointment
from casework.register.services import mark_secret
from tests import small_city
from tests.small_city import SmallCity

DAYS = 14


def _at(days: int, hour: int = 9) -> dt.datetime:
    """So many days after the remiss went out, Swedish time."""
    day = timezone.localtime() + dt.timedelta(days=days)
    return day.replace(hour=hour, minute=0)


def _sent(city: SmallCity) -> Consultation:
    """A remiss of the registered case, to the own förvaltning's contact person and a chamber."""
    seat = Appointment.objects.get(user=city.people["kontakt"], role=Role.LIAISON)
    return open_consultation(
        case=city.case("registered"),
        consultees=[Asked(seat.administration), Asked(name="Handelskammaren")],
        question="Vad saknas i förslaget?",
        deadline=timezone.localdate() + dt.timedelta(days=DAYS),
        actor=city.people["handlaggare"],
    )


def test_those_asked_are_reminded_once_before_and_once_after(
    city: SmallCity, django_capture_on_commit_callbacks: Any
) -> None:
    consultation = _sent(city)
    for days, expected in ((0, 0), (10, 0), (11, 1), (12, 0), (14, 0), (15, 1), (16, 0)):
        moment = _at(days)
        with (
            time_machine.travel(moment, tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            assert send_reminders() == expected, days
    assert [message.to for message in mail.outbox] == [["kontakt@almstad.example"]] * 2
    for message in mail.outbox:
        assert city.case("registered").dnr in message.subject
        assert "Vad saknas" not in message.body
        assert city.case("registered").title not in f"{message.subject} {message.body}"
    consultee = consultation.consultees.get(administration__isnull=False)
    assert set(consultee.reminders.values_list("reminder", flat=True)) == set(Reminder.values)


def test_nobody_is_reminded_at_night_or_after_an_answer_or_before_an_extension_ends(
    city: SmallCity,
) -> None:
    consultation = _sent(city)
    consultee = consultation.consultees.get(administration__isnull=False)
    with time_machine.travel(_at(12, hour=3), tick=False):
        assert send_reminders() == 0
    extend_consultee(
        consultee=consultee,
        until=consultation.deadline + dt.timedelta(days=20),
        actor=city.people["handlaggare"],
    )
    with time_machine.travel(_at(15), tick=False):
        assert send_reminders() == 0
    note_answer(
        consultee=consultee,
        state=AnswerState.ANSWERED,
        position=Position.SUPPORTS,
        text="Bra.",
        actor=city.people["handlaggare"],
    )
    with time_machine.travel(_at(40), tick=False):
        assert send_reminders() == 0


def test_a_reminder_leads_to_the_answer_and_goes_with_a_secret_case(city: SmallCity) -> None:
    consultation = _sent(city)
    other = small_city.person(city, "granne")
    with time_machine.travel(_at(12), tick=False):
        send_reminders()
        notice = Notice.objects.get(concern=Concern.ASKED)
        client = Client()
        client.force_login(city.people["kontakt"])
        answer = client.get(reverse("news_open", args=[notice.pk]))
        consultee = consultation.consultees.get(administration__isnull=False)
        assert answer["Location"] == reverse("desk_consultee", args=[consultee.pk])
        assert client.get(answer["Location"]).status_code == 200
    Notice.objects.filter(pk=notice.pk).update(user=other)
    mark_secret(
        case=city.case("registered"),
        provision="OSL 26 kap. 1 §",
        actor=city.people["registrator"],
    )
    assert notice not in news_of(other)


def test_all_answers_stand_side_by_side_by_position(city: SmallCity) -> None:
    consultation = _sent(city)
    note_answer(
        consultee=consultation.consultees.get(administration__isnull=True),
        state=AnswerState.ANSWERED,
        position=Position.REJECTS,
        text="Företagen har redan en egen tjänst.",
        actor=city.people["handlaggare"],
    )
    address = reverse("desk_synthesis", args=[consultation.pk])
    client = Client()
    client.force_login(city.people["handlaggare"])
    case = client.get(reverse("desk_case", args=[consultation.case_id])).content.decode()
    assert address in case
    page = client.get(address).content.decode()
    assert "Avstyrker (1)" in page
    assert "Företagen har redan en egen tjänst." in page
    assert "Utan svar (1)" in page
    assert "Tillstyrker (" not in page


def test_the_synthesis_of_a_case_one_may_not_see_does_not_exist(city: SmallCity) -> None:
    consultation = _sent(city)
    mark_secret(
        case=city.case("registered"),
        provision="OSL 26 kap. 1 §",
        actor=city.people["registrator"],
    )
    client = Client()
    client.force_login(city.people["slk"])
    address = reverse("desk_synthesis", args=[consultation.pk])
    assert client.get(address).status_code == 404


def test_6_an_answer_whose_day_has_passed_is_told_late_in_att_gora(city: SmallCity) -> None:
    _sent(city)
    client = Client()
    for days, is_late in ((DAYS, False), (DAYS + 1, True)):
        with time_machine.travel(_at(days), tick=False):
            client.force_login(city.people["kontakt"])
            page = client.get("/admin/").content.decode()
        row = page[page.index("Svara på remissen") :]
        assert ("(försenat)" in row[: row.index("</li>")]) is is_late


def test_8_a_remiss_proposes_a_day_that_leaves_three_working_weeks(city: SmallCity) -> None:
    client = Client()
    client.force_login(city.people["handlaggare"])
    address = reverse("desk_caretake", args=[city.case("registered").pk, "remiss"])
    thursday = dt.datetime(2026, 12, 3, 10, tzinfo=timezone.get_current_timezone())
    with time_machine.travel(thursday, tick=False):
        client.force_login(city.people["handlaggare"])
        assert 'value="2026-12-24"' in client.get(address).content.decode()


def test_8_who_answers_a_remiss_reads_the_question_beside_the_answer(city: SmallCity) -> None:
    consultee = _sent(city).consultees.get(administration__isnull=False)
    client = Client()
    client.force_login(city.people["kontakt"])
    page = client.get(reverse("desk_consultee", args=[consultee.pk])).content.decode()
    assert "Vad saknas i förslaget?" in page
    assert reverse("desk_case", args=[city.case("registered").pk]) in page


def test_8_the_page_of_an_answer_shows_the_title_that_the_person_may_read(
    city: SmallCity,
) -> None:
    """Issue 8: the page names the case; its internal title stays with the internal face."""
    consultee = _sent(city).consultees.get(administration__isnull=False)
    case = city.case("registered")
    type(case).objects.filter(pk=case.pk).update(title_public="Ett e-tjänstärende")
    for name in ("handlaggare", "kontakt"):
        user = city.people[name]
        shown = type(case).objects.shown_to(user).get(pk=case.pk)
        client = Client()
        client.force_login(user)
        page = client.get(reverse("desk_consultee", args=[consultee.pk])).content.decode()
        assert f"</strong> {shown.shown_title}</p>" in unescape(page)
