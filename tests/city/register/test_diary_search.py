# SPDX-License-Identifier: EUPL-1.2
"""The web diary is searched, narrowed, and tells of published cases alone, to their last day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casework.journal.models import JournalEntry
from casework.register import services as register
from casework.register.audit import verify_register
from casework.register.enums import CaseType
from casework.register.models import Case, NumberSeries, PublicCase, Record
from casework.register.tasks import end_publications
from search.services import changed_in_public, closed_meanwhile
from tests.desk.counting import queries
from tests.small_city import SmallCity, letter_record

pytestmark = pytest.mark.django_db


def diary(**chosen: Any) -> str:
    """The diary's page."""
    answer = Client().get("/diarium/", chosen)
    assert answer.status_code == 200
    return answer.content.decode()


def published(city: SmallCity, title: str, *, until: dt.date | None = None, **fields: Any) -> Case:
    """A letter that everybody may see."""
    clerk = city.people["registrator"]
    fields.setdefault("received_date", timezone.localdate())
    case = register.register_case(
        series=NumberSeries.objects.get(code="KS"), title=title, actor=clerk, **fields
    )
    register.publish(case=case, until=until, actor=clerk)
    return case


def test_9_words_number_year_type_area_state_outcome_and_period_narrow_the_diary(
    city: SmallCity,
) -> None:
    clerk = city.people["registrator"]
    old = published(
        city, "Ärende om ÅKERN", received_date=dt.date(2024, 5, 2), case_type=CaseType.MOTION,
        service_area=city.area,
    )  # fmt: skip
    new = published(city, "Ny belysning på torget")
    register.close_case(case=old, outcome="answered", decided_on=dt.date(2024, 9, 1), actor=clerk)
    only_old: list[dict[str, Any]] = [
        {"q": "åkern ärende"},
        {"q": old.dnr.lower().replace(" ", "")},
        {"q": f"{old.serial}/{old.year}"},
        {"ar": "2024"},
        {"typ": "motion"},
        {"omrade": city.area.slug if city.area else "", "typ": "motion"},
        {"lage": "avslutat", "typ": "motion"},
        {"utfall": "answered"},
        {"till": "2024-12-31"},
    ]
    for chosen in only_old:
        page = diary(**chosen)
        assert old.title in page, chosen
        assert new.title not in page, chosen
    assert old.title not in diary(fran="2025-01-01")
    assert old.title not in diary(lage="oppet")


def test_9_newest_first_and_a_filter_that_makes_no_sense_is_none(city: SmallCity) -> None:
    published(city, "Äldre", received_date=dt.date(2024, 5, 2))
    published(city, "Yngre")
    nonsense = {
        "ar": "9x",
        "typ": "x",
        "omrade": "x",
        "fran": "2026-99-99",
        "sida": "x",
        "q": "\x00",
    }
    page = diary(**nonsense)
    assert page.index("Yngre") < page.index("Äldre")


def test_9_a_private_sender_stands_as_enskild_and_is_not_missing(city: SmallCity) -> None:
    case = published(city, "Skrivelse om en grind", party="Wqxvnamn Wqxvsson")
    page = diary(q="grind")
    assert "Enskild" in page
    assert "Wqxv" not in page
    own = Client().get(f"/arende/{case.public.slug}/").content.decode()
    assert "Enskild" in own
    assert "Wqxv" not in own


def test_9_the_diary_costs_the_same_for_few_and_many(client: Client, city: SmallCity) -> None:
    before = queries(client, "/diarium/?q=belysning&typ=letter")
    for number in range(12):
        published(city, f"Belysning {number}", service_area=city.area)
    assert queries(client, "/diarium/?q=belysning&typ=letter") == before
    assert before <= 15


@given(
    text=st.text(max_size=30) | st.sampled_from(["Hemligt", "hemligt ärende", "KS 2026/", "Ask"])
)
def test_9_no_search_tells_of_a_secret_word(city: SmallCity, text: str) -> None:
    assert city.secret is not None
    answer = Client().get("/diarium/", {"q": text})
    assert answer.status_code == 200
    told = answer.content.decode().replace(f'value="{text}"', "")
    for words in (city.secret.title, "Karin Ask", city.secret.dnr + "<"):
        assert words not in told


def test_9_a_secret_number_that_was_merged_into_a_public_case_finds_nothing(
    city: SmallCity,
) -> None:
    assert city.secret is not None
    into = published(city, "Det öppna ärendet")
    register.merge_cases(
        case=city.secret, into=into, reason="Samma.", actor=city.people["registrator"]
    )
    assert into.title not in diary(q=city.secret.dnr)
    assert into.title in diary(q=into.dnr)


def test_9_after_its_last_day_a_case_is_hidden_though_no_worker_runs(city: SmallCity) -> None:
    clerk, reader = city.people["registrator"], city.people["larare"]
    last = timezone.localdate() + dt.timedelta(days=3)
    case = published(city, "Wqxvslut på tiden", until=last)
    record = letter_record(city)
    record = register.register_record(
        case=case, direction="in", title="Wqxvhandling", received_date=timezone.localdate(),
        actor=clerk,
    )  # fmt: skip
    register.publish_record(record=record, actor=clerk)
    address = reverse("public_case", args=[case.public.slug])
    index = f"twin:{case.pk}"

    def seen() -> list[bool]:
        for person in (reader, clerk):
            person.__dict__.pop("_access_tokens", None)
        return [
            Client().get(address).status_code == 200,
            "Wqxvslut" in diary(),
            Case.objects.visible_to(None).filter(pk=case.pk).exists(),
            Case.objects.visible_to(reader).filter(pk=case.pk).exists(),
            Record.objects.visible_to(None).filter(pk=record.pk).exists(),
            Case.objects.get(pk=case.pk).is_open_to(reader),
            index not in closed_meanwhile(frozenset({"public"})),
            f"case:{case.pk}" not in changed_in_public(),
        ]

    with time_machine.travel(dt.datetime.combine(last, dt.time(12)), tick=False):
        assert seen()[:6] == [True] * 6
        assert end_publications() == 0
    with time_machine.travel(dt.datetime.combine(last, dt.time(12)) + dt.timedelta(days=1)):
        assert seen() == [False] * 8
        assert Case.objects.visible_to(clerk).filter(pk=case.pk).exists()
        assert verify_register().faults == []
        assert end_publications() == 1
        assert not PublicCase.objects.filter(pk=case.pk).exists()
        told = JournalEntry.objects.get(action="register.publication_ended")
        assert told.actor is None
        assert verify_register().faults == []
        assert end_publications() == 0


def test_9_a_last_day_that_has_been_is_refused(city: SmallCity) -> None:
    case = published(city, "Skrivelse")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="inte har varit"):
        register.publish(case=case, until=yesterday, actor=city.people["registrator"])
