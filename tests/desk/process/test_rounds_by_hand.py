# SPDX-License-Identifier: EUPL-1.2
"""The office lets an initiative into a round by hand, from the case's page (R38, issue 6)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.planning.enums import Occasion
from casework.planning.models import Round
from casework.process.models import Process
from casework.process.services import open_round
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
    assert client.get(_address(case, "tillaggsmedel")).url == "/admin/", "with a message"
