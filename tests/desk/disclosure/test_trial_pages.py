# SPDX-License-Identifier: EUPL-1.2
"""What the pages of an order say of its records and of who tries them (issue 9)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.disclosure import services
from casework.disclosure.models import DisclosureItem
from casework.follow_up.services import set_stand_in
from casework.register.models import Record
from casework.register.services import assign_officer, register_record
from tests.casework.letters import letter
from tests.small_city import SmallCity, letter_record

pytestmark = pytest.mark.django_db

AS_THEY_ARE = "Filer som lämnas ut som de är"


def taken_up(city: SmallCity, record: Record) -> DisclosureItem:
    """The record in an order."""
    order = services.request_disclosure(number=record.dnr, text="Planen")
    (made,) = services.list_records(
        request=order, records=[record], actor=city.people["registrator"]
    )
    return made


def test_9_files_to_hand_out_are_asked_for_only_where_there_are_any(
    registrar: Client, city: SmallCity
) -> None:
    with_file = taken_up(city, letter_record(city, "Plan"))
    bare = register_record(
        case=letter(city.people["registrator"], "Fråga"), direction="in", title="Samtal",
        received_date=timezone.localdate(), actor=city.people["registrator"],
    )  # fmt: skip
    without = taken_up(city, bare)
    for item, shown in ((with_file, True), (without, False)):
        address = reverse("desk_disclosure_item", args=[item.pk])
        assert (AS_THEY_ARE in registrar.get(address).content.decode()) is shown
    answer = registrar.post(
        reverse("desk_disclosure_item", args=[without.pk]),
        {"outcome": "refused", "provision": "OSL 21:1", "reason": "Uppgifter om hälsa."},
    )
    assert answer.status_code == 302
    without.refresh_from_db()
    assert without.is_reviewed


def test_9_who_asks_an_officer_that_is_away_is_told_who_stands_in(
    registrar: Client, city: SmallCity
) -> None:
    record, officer = letter_record(city, "Plan"), city.people["handlaggare"]
    assign_officer(case=record.case, officer=officer, actor=city.people["registrator"])
    item = taken_up(city, record)
    page = reverse("desk_disclosure", args=[item.request_id])
    assert "borta" not in registrar.get(page).content.decode()
    set_stand_in(
        absent=officer, substitute=city.people["kontakt"], valid_from=timezone.localdate(),
        valid_until=None, actor=officer,
    )  # fmt: skip
    away = f"{officer} är borta just nu och ersätts av {city.people['kontakt']}."
    assert away in registrar.get(page).content.decode(), "before asking"
    asked = registrar.post(reverse("desk_disclosure_ask", args=[item.pk]), follow=True)
    assert asked.content.decode().count(away) == 2, "in the message and at the record"
