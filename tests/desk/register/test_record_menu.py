# SPDX-License-Identifier: EUPL-1.2
"""What the row of a record offers: to its case's officer some, to the registrar all (issue 9)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.dispatch.services import Receiver, dispatch_record
from casework.follow_up.models import NewRecord
from casework.planning.services import change_round
from casework.register.models import Case, Record
from casework.register.services import (
    assign_officer,
    attach_file,
    mark_record_secret,
    merge_cases,
    move_record,
    publish,
    publish_files,
    publish_record,
    register_record,
    void_case,
    void_record,
)
from tests import small_city
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


def shut(city: SmallCity, case: Case, how: str) -> None:
    """End the case without an answer."""
    actor = city.people["registrator"]
    if how == "void":
        void_case(case=case, reason="Dubblett.", actor=actor)
    else:
        into = letter(actor, "Samma sak")
        merge_cases(case=case, into=into, reason="Samma sak.", actor=actor)


@pytest.mark.parametrize("how", ["void", "joined"])
@pytest.mark.parametrize("page", ["desk_case", "desk_records"])
def test_9_in_a_void_or_joined_case_a_record_offers_what_keeps_the_diary_right(
    registrar: Client, city: SmallCity, record: Record, page: str, how: str
) -> None:
    """Adding a file, sending out and showing were offered where nothing goes on any more."""
    shut(city, record.case, how)
    address = reverse(page, args=[record.case_id])
    names, may_send = offered(registrar, address, record)
    assert names == {"ratta", "sekretess", "flytta", "kopiera", "bevarande", "makulera"}
    assert not may_send
    into = letter(city.people["registrator"], "Rätt ärende")
    sent: dict[str, dict[str, object]] = {
        "sekretess": {"provision": "OSL 21:1", "reason": "Hälsa."},
        "kopiera": {"number": into.dnr},
        "bevarande": {"retention": "keep"},
        "ratta": {
            "title": "Rättat", "direction": "in", "kind": record.kind, "reason": "Fel.",
            "received_date": str(record.received_date),
        },
        "flytta": {"number": into.dnr, "reason": "Fel."},
        "makulera": {"reason": "Fel."},
    }  # fmt: skip
    for name in ("kopiera", "bevarande", "sekretess", "ratta", "makulera"):
        answer = registrar.post(reverse("desk_record_action", args=[record.pk, name]), sent[name])
        assert answer.status_code == 302, (name, answer.context["form"].errors)


@pytest.mark.parametrize("how", ["void", "joined"])
def test_9_the_work_on_a_record_of_a_void_or_joined_case_is_refused(
    city: SmallCity, record: Record, how: str
) -> None:
    actor = city.people["registrator"]
    publish(case=record.case, actor=actor)
    publish_record(record=record, actor=actor)
    shut(city, record.case, how)
    shown = Record.objects.get(pk=record.pk)
    file = SimpleUploadedFile("bilaga.txt", b"Mer om lyktan.")
    with pytest.raises(ValidationError):
        attach_file(record=shown, file=file, actor=actor)
    with pytest.raises(ValidationError):
        dispatch_record(record=shown, receivers=[Receiver("Bo")], way="post", actor=actor)
    with pytest.raises(ValidationError):
        publish_files(record=shown, files=list(shown.files.all()), actor=actor)
    publish_record(record=shown, actor=actor, published=False)  # hiding is still possible
    with pytest.raises(ValidationError):
        publish_record(record=shown, actor=actor)


def test_9_nothing_waits_to_be_seen_in_a_void_case(
    registrar: Client, city: SmallCity, record: Record
) -> None:
    """It said what had come in, and offered to tick it."""
    actor, case = city.people["registrator"], record.case
    register_record(
        case=case, direction="in", title="Mer", received_date=dt.date(2026, 1, 8), actor=actor
    )
    address = reverse("desk_case", args=[case.pk])
    new = NewRecord.objects.get(case=case)
    tick = reverse("desk_tick_record", args=[new.pk])
    assert tick in registrar.get(address).content.decode()
    void_case(case=case, reason="Dubblett.", actor=actor)
    page = registrar.get(address).content.decode()
    assert tick not in page
    assert 'id="new-records"' not in page


def test_9_a_void_initiative_lies_with_nobody_and_has_no_next_step(
    registrar: Client, city: SmallCity
) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    change_round(round=city.round, actor=city.people["slk"], dates={"ideas_until": yesterday})
    case = small_city.registered(city, "En lykta till").case
    assert case is not None
    address = reverse("desk_case", args=[case.pk])
    before = registrar.get(address).content.decode()
    assert "Ligger hos" in before
    assert "Nästa steg" in before
    void_case(case=case, reason="Dubblett.", actor=city.people["registrator"])
    page = registrar.get(address).content.decode()
    assert "Ligger hos" not in page
    assert "Nästa steg" not in page
    assert "Att göra nu" not in page
