# SPDX-License-Identifier: EUPL-1.2
"""The office lets an initiative into a round by hand, from the case's page (R38, issue 6)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.planning.enums import Occasion
from casework.planning.models import Round
from casework.process.line import whereabouts_of
from casework.process.models import Process
from casework.process.selectors import waiting_for
from casework.process.services import hand_to_group, nominate_supplement, open_round
from casework.register.models import Case
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(city: SmallCity) -> Client:
    """The browser of stadsledningskontoret."""
    client = Client()
    client.force_login(city.people["slk"])
    return client


def _address(case: Case, name: str) -> str:
    return reverse("desk_caretake", args=[case.pk, name])


def test_6_a_funded_initiative_asks_for_a_supplement(city: SmallCity, office: Client) -> None:
    case = city.case("decided")
    page = office.get(reverse("desk_case", args=[case.pk])).content.decode()
    assert _address(case, "tillaggsmedel") in page
    closed = office.get(_address(case, "tillaggsmedel")).content.decode()
    assert "Ingen sådan omgång är öppen" in closed
    supplement = Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)
    open_round(round=supplement, actor=city.people["slk"])
    budget = office.post(_address(case, "tillaggsmedel"), {"target": city.round.pk})
    assert budget.status_code == 422, "only an interim report gives supplements"
    done = office.post(_address(case, "tillaggsmedel"), {"target": supplement.pk})
    assert done.status_code == 302
    candidacy = Process.objects.get(initiative=city.initiatives["decided"]).live_candidacy
    assert candidacy is not None
    assert candidacy.round == supplement
    page = office.get(reverse("desk_case", args=[case.pk])).content.decode()
    assert _address(case, "tillaggsmedel") not in page, "it stands in a round now"


def test_6_others_let_nothing_into_a_round(city: SmallCity) -> None:
    case = city.case("decided")
    client = Client()
    client.force_login(city.people["handlaggare"])
    page = client.get(reverse("desk_case", args=[case.pk])).content.decode()
    assert _address(case, "tillaggsmedel") not in page
    answer = client.get(_address(case, "tillaggsmedel"))
    assert answer["Location"] == "/admin/", "with a message"


def test_6_a_supplement_waits_for_the_group_and_the_work_for_the_officer(city: SmallCity) -> None:
    initiative = city.initiatives["decided"]
    supplement = Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)
    open_round(round=supplement, actor=city.people["slk"])
    nominate_supplement(initiative=initiative, round=supplement, actor=city.people["slk"])
    with pytest.raises(ValidationError, match="redan prövats"):
        nominate_supplement(initiative=initiative, round=city.round, actor=city.people["slk"])
    hand_to_group(initiative=initiative, actor=city.people["handlaggare"])
    process = Process.objects.get(initiative=initiative)
    assert "gruppen" in whereabouts_of(process).holder
    waits = {
        who: [row.task for row in waiting_for(city.people[who]) if row.process == process]
        for who in ("ordforande", "handlaggare")
    }
    assert waits == {
        "ordforande": ["Gör den inledande bedömningen"],
        "handlaggare": ["Sätt i gång genomförandet"],
    }
