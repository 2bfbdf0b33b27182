# SPDX-License-Identifier: EUPL-1.2
"""The office's lists tell each person what that person may see, on page and in a file."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from casework.meetings.services import plan_meeting
from casework.register import lists
from casework.register import services as register
from casework.register.models import Case, NumberSeries
from tests.desk.counting import queries
from tests.small_city import SmallCity, letter_record

PAGES = ("desk_post", "desk_public_post", "desk_balance", "desk_incoming", "desk_year")


def body(client: Client, name: str, **query: Any) -> str:
    """A list's page."""
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


def sheet(client: Client, name: str, **query: Any) -> list[list[Any]]:
    """The first sheet of a list's workbook."""
    answer = client.get(reverse(name), {**query, "format": "xlsx"})
    assert answer["Content-Disposition"].startswith("attachment")
    book = load_workbook(BytesIO(answer.content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def case_of(city: SmallCity, title: str, **fields: Any) -> Case:
    """A case that came in today."""
    fields.setdefault("received_date", timezone.localdate())
    return register.register_case(
        series=NumberSeries.objects.get(code="KS"), title=title, actor=city.people["registrator"],
        **fields,
    )  # fmt: skip


def test_9_the_post_of_a_day_is_what_was_registered_then(
    registrar: Client, city: SmallCity
) -> None:
    today = timezone.localtime().replace(hour=9)
    with time_machine.travel(today - dt.timedelta(days=2), tick=False):
        letter_record(city, "I förrgår")
    letter_record(city, "I dag")
    assert "I dag" in body(registrar, "desk_post")
    assert "I förrgår" not in body(registrar, "desk_post")
    day = (timezone.localdate() - dt.timedelta(days=2)).isoformat()
    assert "I förrgår" in body(registrar, "desk_post", fran=day, till=day)
    assert "I dag" not in body(registrar, "desk_post", fran=day, till=day)
    assert "I dag" not in body(registrar, "desk_post", riktning="out")


def test_9_the_public_list_names_no_private_person_and_tells_nothing_of_the_secret(
    registrar: Client, city: SmallCity
) -> None:
    plain = letter_record(city, "Wqxvintern", title_public="Karta", party="Wqxvsson")
    secret = letter_record(city, "Wqxvintyg", party="Wqxvsson", secrecy_provision="OSL 21:1")
    in_secret = letter_record(city, "Annat")
    assert in_secret.case.pk == secret.case.pk
    for told in (body(registrar, "desk_public_post"), str(sheet(registrar, "desk_public_post"))):
        assert "Wqxv" not in told
        assert plain.dnr in told
        assert "Enskild" in told
        assert secret.dnr in told
        assert "Uppgift utelämnad" in told
    without = body(registrar, "desk_public_post", utan_sekretess="on")
    assert secret.dnr not in without


@pytest.fixture
def officer(city: SmallCity) -> Client:
    client = Client()
    client.force_login(city.people["handlaggare"])
    return client


def test_9_only_who_keeps_a_diary_makes_its_public_list(officer: Client, city: SmallCity) -> None:
    assert officer.get(reverse("desk_public_post")).status_code == 302
    assert officer.get(reverse("desk_post")).status_code == 200


def test_9_lists_and_counts_tell_nothing_of_a_secret_case(
    registrar: Client, city: SmallCity
) -> None:
    other = Client()
    other.force_login(city.people["ordforande"])
    before = {name: body(other, name) for name in PAGES if name != "desk_public_post"}
    secret = case_of(city, "Wqxvhemligt", secrecy_provision="OSL 26:1")
    register.register_record(
        case=secret, direction="in", title="Wqxvbrev", received_date=timezone.localdate(),
        actor=city.people["registrator"],
    )  # fmt: skip
    for name, page in before.items():
        again = body(other, name)
        assert "Wqxv" not in again
        assert again.count("<tr>") == page.count("<tr>"), name
    assert "Wqxvhemligt" in body(registrar, "desk_balance")


def test_9_the_balance_tells_age_officer_and_what_last_happened(
    registrar: Client, city: SmallCity
) -> None:
    old = case_of(
        city, "Gammalt", received_date=timezone.localdate() - dt.timedelta(days=400),
        officer=city.people["handlaggare"],
    )  # fmt: skip
    new = case_of(city, "Nytt")
    rows = sheet(registrar, "desk_balance")
    numbers = [row[0] for row in rows]
    assert numbers.index(old.dnr) < numbers.index(new.dnr)
    mine = rows[numbers.index(old.dnr)]
    assert mine[3] == 400
    assert mine[4] == str(city.people["handlaggare"])
    assert "registrerades" in mine[7]
    register.close_case(
        case=old, outcome="answered", decided_on=timezone.localdate(),
        actor=city.people["registrator"],
    )  # fmt: skip
    assert old.dnr not in body(registrar, "desk_balance")
    chosen = body(registrar, "desk_balance", handlaggare=city.people["handlaggare"].pk)
    assert new.title not in chosen


def test_9_the_last_event_of_a_case_is_not_that_of_its_records(city: SmallCity) -> None:
    record = letter_record(city, "Hemlig", secrecy_provision="OSL 21:1")
    found = lists.last_events([record.case])[record.case.pk]
    assert record.dnr not in found.words


def test_9_what_came_in_since_the_last_meeting_of_a_body(
    registrar: Client, city: SmallCity
) -> None:
    body_ = city.bodies["grupp-pedagogiska"]
    today = timezone.localdate()
    lead = city.people["ordforande"]
    plan_meeting(body=body_, day=today + dt.timedelta(days=7), actor=lead)
    meeting = body_.meetings.order_by("-day").first()
    assert meeting is not None
    case = city.case("completion")
    register.register_record(
        case=case, direction="in", title="Yttrande till gruppen", received_date=today,
        actor=city.people["registrator"],
    )  # fmt: skip
    register.register_record(
        case=case, direction="out", title="Svar som gick ut", received_date=today,
        actor=city.people["registrator"],
    )  # fmt: skip
    page = body(registrar, "desk_incoming", sammantrade=meeting.pk)
    days = {"fran": today.isoformat(), "till": today.isoformat()}
    by_days = body(registrar, "desk_incoming", organ=body_.pk, **days)
    assert "Yttrande till gruppen" in by_days
    assert "Svar som gick ut" not in by_days
    assert ("Yttrande till gruppen" in page) == (meeting.day >= today)
    assert "Välj ett sammanträde" in body(registrar, "desk_incoming")


def test_9_the_year_is_counted_by_month_and_holder(registrar: Client, city: SmallCity) -> None:
    rows = sheet(registrar, "desk_year")
    month = timezone.localdate().month
    before = rows[month]
    case = case_of(city, "Räknas", officer=city.people["handlaggare"])
    register.close_case(
        case=case, outcome="answered", decided_on=timezone.localdate(),
        actor=city.people["registrator"],
    )  # fmt: skip
    after = sheet(registrar, "desk_year")[month]
    assert [b - a for a, b in zip(before[1:], after[1:], strict=True)] == [0, 0, 0, 1, 1]
    page = body(registrar, "desk_year", per="unit")
    assert "Avslutade ärenden per månad" in page
    assert 'class="bars"' in page


@pytest.mark.parametrize("name", PAGES)
def test_9_a_list_costs_the_same_for_few_and_many(
    registrar: Client, city: SmallCity, name: str
) -> None:
    for number in range(2):
        letter_record(city, f"Brev {number}")
        case_of(city, f"Ärende {number}", officer=city.people["handlaggare"])
    before = queries(registrar, reverse(name))
    for number in range(6):
        letter_record(city, f"Brev igen {number}")
        case_of(city, f"Ärende igen {number}", officer=city.people["handlaggare"])
    assert queries(registrar, reverse(name)) == before
    assert before <= 22


def test_9_the_web_diarys_post_list_holds_published_records_alone(city: SmallCity) -> None:
    clerk = city.people["registrator"]
    shown = letter_record(city, "Wqxvintern", title_public="Karta", party="Wqxvsson")
    hidden = letter_record(city, "Wqxvdold")
    register.publish_record(record=shown, actor=clerk)
    page = Client().get("/diarium/postlista/").content.decode()
    assert "Karta" in page
    assert "Enskild" in page
    assert hidden.dnr not in page
    assert "Wqxv" not in page


def test_9_a_void_record_keeps_its_row_and_loses_its_words(city: SmallCity) -> None:
    clerk = city.people["registrator"]
    record = letter_record(
        city, "Wqxvfel", files=[SimpleUploadedFile("x.pdf", b"%PDF-1.7 x\n%%EOF")]
    )
    register.void_record(record=record, reason="Fel ärende.", actor=clerk)
    record.refresh_from_db()
    (row,) = lists.public_faces([record], with_secret=True)
    assert (row.number, row.title, row.is_void) == (record.dnr, "", True)


def test_9_a_workbook_that_does_not_hold_all_says_so(
    registrar: Client, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Ett", "Två"):
        case_of(city, title)
    whole = sheet(registrar, "desk_balance")
    monkeypatch.setattr("desk.lists.views.IN_A_WORKBOOK", len(whole) - 2)
    cut = sheet(registrar, "desk_balance")
    assert cut[:-1] == whole[:-1]
    assert str(cut[-1][0]).startswith(f"Bara de första {len(whole) - 2} raderna")


def test_9_what_was_entered_from_an_older_diary_is_no_post_of_the_day(
    registrar: Client, city: SmallCity
) -> None:
    historic = NumberSeries.objects.create(
        authority=NumberSeries.objects.get(code="KS").authority, code="ÄLDRE", name="Äldre",
        is_historic=True,
    )  # fmt: skip
    case = register.register_historic(
        series=historic, dnr="031-3884/2007", actor=None, title="Från förr",
        received_date=timezone.localdate(),
    )  # fmt: skip
    register.register_record(
        case=case, direction="in", title="Gammalt brev", received_date=timezone.localdate(),
        actor=None,
    )  # fmt: skip
    assert "Gammalt brev" not in body(registrar, "desk_post")
