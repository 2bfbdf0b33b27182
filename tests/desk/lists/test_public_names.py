# SPDX-License-Identifier: EUPL-1.2
"""Whom the public post list names: the city's own are no private persons (issue 9, OSL 5:2)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.consultation.enums import AnswerState
from casework.consultation.models import Consultation
from casework.consultation.services import Asked, note_answer, open_consultation
from tests.casework.letters import letter
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def send(city: SmallCity, asked: Asked) -> Consultation:
    """A remiss of a letter, answered."""
    actor = city.people["registrator"]
    found = open_consultation(
        case=letter(actor, "En fråga"), consultees=[asked], question="Vad tycker ni?",
        deadline=timezone.localdate() + dt.timedelta(days=9), actor=actor,
    )  # fmt: skip
    note_answer(
        consultee=found.consultees.get(), state=AnswerState.ANSWERED, text="Bra.", actor=actor
    )
    return found


def rows(registrar: Client) -> list[tuple[str, str]]:
    """Title and sender or addressee of what was registered today."""
    page = registrar.get(reverse("desk_public_post"))
    return [
        (str(row[3].shown), str(row[4].shown))
        for table in page.context["tables"]
        for row in table.rows
    ]


def test_9_a_remiss_within_the_city_names_who_was_asked(registrar: Client, city: SmallCity) -> None:
    """It said "Enskild" of a förvaltning."""
    school = city.administrations[0]
    send(city, Asked(administration=school))
    told = rows(registrar)
    assert (f"Remiss till {school}", str(school)) in told
    assert (f"Svar på remiss från {school}", str(school)) in told


def test_9_who_is_asked_by_name_may_be_a_private_person(registrar: Client, city: SmallCity) -> None:
    """The title told the name beside "Enskild"."""
    send(city, Asked(name="Grannen Prov"))
    told = rows(registrar)
    assert ("Remiss", "Enskild") in told
    assert ("Svar på remiss", "Enskild") in told
    assert "Grannen Prov" not in str(told)


def test_9_what_a_forvaltning_sends_and_what_a_body_decides_is_theirs(city: SmallCity) -> None:
    records = city.case("registered").records.exclude(party="")
    assert records
    for record in records:
        assert record.party_public == record.party, record.title
