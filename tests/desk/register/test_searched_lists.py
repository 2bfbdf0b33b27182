# SPDX-License-Identifier: EUPL-1.2
"""The records and the events of a case are searched where they stand, and sorted right."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from casework.register.enums import Direction
from casework.register.models import Case
from casework.register.services import mark_record_secret, register_record
from tests.desk.counting import queries
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city: SmallCity) -> Case:
    """The letter with records whose titles Swedish sorts otherwise than a computer."""
    found = city.letter
    assert found is not None
    for title, party in (("Öppet brev", ""), ("Ansökan", "Åkeriet"), ("Ärendeblad", "Bolaget")):
        register_record(
            case=found, direction=Direction.INCOMING, title=title, party=party,
            received_date=dt.date(2026, 1, 8), actor=city.people["registrator"],
        )  # fmt: skip
    return found


def _titles(client: Client, case: Case, **query: str) -> list[str]:
    page = client.get(reverse("desk_records", args=[case.pk]), query).context["page"]
    return [row.shown_title for row in page]


def test_9_the_records_of_a_case_are_searched_and_sorted(registrar: Client, case: Case) -> None:
    assert _titles(registrar, case, q="brev öppet") == ["Öppet brev"]
    assert _titles(registrar, case, q="bolaget") == ["Ärendeblad"]
    assert _titles(registrar, case, q="inget sådant") == []
    found = _titles(registrar, case, ordering="title")
    assert [title for title in found if title[0] in "AÄÖ"] == [
        "Ansökan", "Ärendeblad", "Öppet brev",
    ]  # fmt: skip
    assert _titles(registrar, case, ordering="party")[-1] == "Öppet brev", "the empty last"
    assert _titles(registrar, case, ordering="-nr")[0] == "Ärendeblad"
    assert _titles(registrar, case, ordering="title; DROP") == _titles(registrar, case)


def test_9_no_search_tells_of_a_record_that_one_may_not_see(
    registrar: Client, desk: Client, city: SmallCity, case: Case
) -> None:
    record = case.records.get(title="Ansökan")
    mark_record_secret(
        record=record, provision="OSL 21:1", reason="Skydd.", actor=city.people["registrator"]
    )
    assert _titles(registrar, case, q="Ansökan") == ["Ansökan"]
    if not type(record).objects.visible_to(city.people["handlaggare"]).filter(pk=record.pk):
        assert _titles(desk, case, q="Ansökan") == []


def test_9_the_records_take_the_same_queries_however_many(
    registrar: Client, city: SmallCity, case: Case
) -> None:
    address = f"{reverse('desk_records', args=[case.pk])}?q=e&ordering=title"
    before = queries(registrar, address)
    for number in range(8):
        register_record(
            case=case, direction=Direction.INCOMING, title=f"Brev {number}",
            received_date=dt.date(2026, 1, 8), actor=city.people["registrator"],
        )  # fmt: skip
    assert queries(registrar, address) == before


def test_9_the_events_of_a_case_are_searched(registrar: Client, case: Case) -> None:
    address = reverse("desk_case_history", args=[case.pk])
    every = registrar.get(address).context["rows"]
    found = registrar.get(address, {"q": "handlingen registrerades"}).context["rows"]
    assert 0 < len(found) < len(every) + 1
    assert all("registrerades" in event.text for event, _entry in found)
    nothing = registrar.get(address, {"q": "zzz"}).content.decode()
    assert "Ingen händelse har orden" in nothing
