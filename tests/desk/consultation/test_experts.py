# SPDX-License-Identifier: EUPL-1.2
"""An expert from outside the authority is asked, opens the case, and answers (R23; issue 6)."""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.consultation.models import ExpertRequest
from casework.consultation.services import ask_expert, withdraw_expert
from casework.initiatives.selectors import reading_of
from casework.organisation.enums import Expertise, Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register.audit import verify_register
from casework.register.models import Record
from tests.small_city import SmallCity


@pytest.fixture
def expert(city: SmallCity) -> User:
    """An expert at another authority."""
    other = Authority.objects.create(code="SBN", name="Stadsbyggnadsnämnden")
    user = User.objects.create_user("expert", first_name="Siv", last_name="Holm")
    for kind in (Expertise.IT, Expertise.SYSTEM):
        appoint(user=user, role=Role.EXPERT, scope=other, expertise=kind, actor=None)
    return user


@pytest.fixture
def browser(client: Client, expert: User) -> Client:
    """The expert's browser."""
    client.force_login(expert)
    return client


def _ask(city: SmallCity, user: User, expertise: str = Expertise.IT) -> ExpertRequest:
    return ask_expert(
        initiative=city.initiatives["registered"],
        user=user,
        expertise=expertise,
        question="Går det att koppla till kartan?",
        actor=city.people["handlaggare"],
    )


def test_r23_the_expert_opens_the_case_answers_and_is_let_out(
    city: SmallCity, expert: User, browser: Client
) -> None:
    case = city.case("registered")
    page = reverse("desk_case", args=[case.pk])
    assert "Sakkunniga" not in browser.get(page).content.decode()
    request = _ask(city, expert)
    todo = browser.get(reverse("wagtailadmin_home")).content.decode()
    assert case.dnr in todo
    assert "Yttra dig som sakkunnig" in todo
    shown = browser.get(page).content.decode()
    assert "Sakkunniga" in shown  # the internal face
    answer = reverse("desk_expert", args=[request.pk])
    assert "Går det att koppla till kartan?" in browser.get(answer).content.decode()
    response = browser.post(answer, {"text": "Ja, med ett gränssnitt till."}, follow=True)
    assert "Ditt yttrande är lämnat." in response.content.decode()
    assert Record.objects.filter(case=case, kind="expert_answer").count() == 1
    assert "Sakkunniga" not in browser.get(page).content.decode()
    assert verify_register().faults == []


def test_the_access_ends_when_the_question_is_withdrawn(
    city: SmallCity, expert: User, browser: Client
) -> None:
    request = _ask(city, expert)
    page = reverse("desk_case", args=[city.case("registered").pk])
    assert "Sakkunniga" in browser.get(page).content.decode()
    officer = Client()
    officer.force_login(city.people["handlaggare"])
    officer.post(reverse("desk_withdraw_expert", args=[request.pk]))
    assert "Sakkunniga" not in browser.get(page).content.decode()
    assert browser.get(reverse("desk_expert", args=[request.pk])).status_code == 404
    _ask(city, expert)  # the same question may be asked anew
    assert "Sakkunniga" in browser.get(page).content.decode()


def test_another_open_question_keeps_the_access(
    city: SmallCity, expert: User, browser: Client
) -> None:
    first = _ask(city, expert)
    _ask(city, expert, Expertise.SYSTEM)
    withdraw_expert(request=first, actor=city.people["handlaggare"])
    page = reverse("desk_case", args=[city.case("registered").pk])
    assert "Sakkunniga" in browser.get(page).content.decode()


def test_who_never_answers_is_let_out_in_time(city: SmallCity, expert: User) -> None:
    request = _ask(city, expert)
    assert request.grant is not None
    with time_machine.travel(timezone.now() + dt.timedelta(days=91)):
        assert not type(request.grant).objects.in_force().filter(pk=request.grant.pk).exists()


def test_only_who_handles_the_case_withdraws(
    city: SmallCity, browser: Client, expert: User
) -> None:
    request = _ask(city, expert)
    browser.post(reverse("desk_withdraw_expert", args=[request.pk]))
    request.refresh_from_db()
    assert request.withdrawn_at is None


def test_8_who_only_has_answers_to_give_is_not_told_that_nothing_waits(
    city: SmallCity, expert: User, browser: Client
) -> None:
    home = reverse("wagtailadmin_home")
    assert "Inget väntar på dig" in browser.get(home).content.decode()
    _ask(city, expert)
    page = browser.get(home).content.decode()
    assert "Inget väntar på dig" not in page
    assert "svar att lämna" in page
    assert f"{city.case('registered').dnr} {city.case('registered').title}" in page


def test_8_the_expert_has_question_and_matter_beside_the_answer(
    city: SmallCity, expert: User, browser: Client
) -> None:
    page = browser.get(reverse("desk_expert", args=[_ask(city, expert).pk])).content.decode()
    assert "Går det att koppla till kartan?" in page
    assert city.case("registered").title in page
    assert reading_of(city.initiatives["registered"]).need in unescape(page)
    assert reverse("desk_case", args=[city.case("registered").pk]) in page


def test_8_the_knowledge_asked_for_keeps_its_capitals(
    city: SmallCity, expert: User, browser: Client
) -> None:
    first, second = _ask(city, expert), _ask(city, expert, Expertise.SYSTEM)
    for request in (first, second):
        browser.post(reverse("desk_expert", args=[request.pk]), {"text": "Ja."})
    records = Record.objects.filter(case=city.case("registered"), kind="expert_answer")
    titles = set(records.values_list("title", flat=True))
    assert titles == {"Yttrande av sakkunnig, IT", "Yttrande av sakkunnig, system"}
