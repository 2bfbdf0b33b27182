# SPDX-License-Identifier: EUPL-1.2
"""What the row of a record offers: to its case's officer some, to the registrar all (issue 9)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from casework.register.models import Case, Record
from casework.register.services import (
    assign_officer,
    mark_record_secret,
    move_record,
    void_record,
)
from tests.casework.letters import letter
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db
OFFICERS = {"fil/lagg-till", "sekretess", "kopiera", "bevarande"}


@pytest.fixture
def record(city: SmallCity) -> Record:
    """Of a letter that the officer has."""
    actor = city.people["registrator"]
    case = letter(actor, "Fråga om en lykta")
    assign_officer(case=case, officer=city.people["handlaggare"], actor=actor)
    return case.records.get()


def offered(client: Client, address: str, record: Record) -> tuple[set[str], bool]:
    """What a page offers to do with a record, and whether it can be sent out; each page opens."""
    page = client.get(address).content.decode()
    names = set(re.findall(rf'href="/admin/handling/{record.pk}/([\w/-]+)/"', page))
    sending = reverse("desk_dispatch", args=[record.pk])
    for way in [*(f"/admin/handling/{record.pk}/{name}/" for name in names), sending]:
        assert client.get(way).status_code == 200, way
    return names, f'href="{sending}"' in page


@pytest.mark.parametrize("page", ["desk_case", "desk_records"])
def test_9_an_officer_sends_out_and_adds_files_from_the_cases_page(
    desk: Client, record: Record, page: str
) -> None:
    """Only the registrar was offered what the services let the officer do."""
    address = reverse(page, args=[record.case_id])
    assert offered(desk, address, record) == (OFFICERS, True)


@pytest.mark.parametrize("page", ["desk_case", "desk_records"])
def test_9_a_registrar_is_offered_all_of_it_in_the_list_of_all_records_too(
    registrar: Client, record: Record, page: str
) -> None:
    """Of a case with many records the older ones stand only there."""
    address = reverse(page, args=[record.case_id])
    everything = OFFICERS | {"ratta", "flytta", "makulera"}
    assert offered(registrar, address, record) == (everything, True)


def test_9_others_are_offered_nothing(city: SmallCity, record: Record) -> None:
    client = Client()
    client.force_login(city.people["slk"])
    page = client.get(reverse("desk_case", args=[record.case_id]))
    assert page.status_code == 200
    assert f"/admin/handling/{record.pk}/" not in page.content.decode()
    assert reverse("desk_dispatch", args=[record.pk]) not in page.content.decode()


def test_9_a_moved_record_says_where_it_is_now(
    registrar: Client, city: SmallCity, record: Record
) -> None:
    into = letter(city.people["registrator"], "Rätt ärende")
    move_record(record=record, into=into, reason="Fel.", actor=city.people["registrator"])
    again = Record.objects.get(copied_from=record)
    page = registrar.get(reverse("desk_case", args=[record.case_id])).content.decode()
    assert "finns som" in page
    assert f">{again.dnr}</a>" in page


def test_9_a_closed_case_lies_with_nobody(registrar: Client, record: Record) -> None:
    case = record.case
    address = reverse("desk_case", args=[case.pk])
    assert "Ligger hos" in registrar.get(address).content.decode()
    sent = {"outcome": "filed", "decided_on": "i"}
    registrar.post(reverse("desk_caretake", args=[case.pk, "avsluta"]), sent)
    assert Case.objects.get(pk=case.pk).closed_at
    assert "Ligger hos" not in registrar.get(address).content.decode()


@pytest.mark.parametrize("page", ["desk_case", "desk_records"])
def test_9_what_is_secret_or_void_says_so_in_both_lists(
    registrar: Client, city: SmallCity, record: Record, page: str
) -> None:
    """The list of all records struck a void one through and said nothing of a secret one."""
    actor, address = city.people["registrator"], reverse(page, args=[record.case_id])
    mark_record_secret(record=record, provision="OSL 21:1", reason="Hälsa.", actor=actor)
    assert "sekretess OSL 21:1" in registrar.get(address).content.decode()
    void_record(record=record, reason="Fel.", actor=actor)
    assert "(makulerad)" in registrar.get(address).content.decode()
