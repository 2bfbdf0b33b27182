# SPDX-License-Identifier: EUPL-1.2
"""Reminders, new records and stand-ins as people at the desk meet them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.follow_up.models import NewRecord, Reminder, StandIn
from casework.follow_up.services import set_reminder
from casework.organisation.enums import Role
from casework.organisation.models import Authority, Unit, User
from casework.organisation.services import appoint
from casework.register.enums import CaseType, Direction
from casework.register.models import Case, NumberSeries
from casework.register.services import (
    assign_officer,
    mark_secret,
    register_case,
    register_record,
    void_record,
)
from tests.desk.counting import queries
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def letter(city: SmallCity, title: str = "Klagomål på snöröjning") -> Case:
    """A letter of the officer's."""
    return register_case(
        series=NumberSeries.objects.get(authority__code="KS", is_historic=False),
        case_type=CaseType.LETTER,
        title=title,
        received_date=dt.date(2026, 1, 7),
        due_on=timezone.localdate() - dt.timedelta(days=1),
        officer=city.people["handlaggare"],
        actor=city.people["registrator"],
    )


def record(case: Case, city: SmallCity, title: str) -> None:
    """Something that came in."""
    register_record(
        case=case, direction=Direction.INCOMING, title=title,
        received_date=dt.date(2026, 1, 8), actor=city.people["registrator"],
    )  # fmt: skip


def home(client: Client) -> str:
    """Att göra, but for what was registered last."""
    return client.get("/admin/").content.decode().split('id="latest"')[0]


def case_page(client: Client, case: Case) -> str:
    """The page of the case."""
    return client.get(reverse("desk_case", args=[case.pk])).content.decode()


def test_9_a_reminder_is_set_seen_moved_and_done(
    desk: Client, registrar: Client, city: SmallCity
) -> None:
    case = letter(city)
    officer = city.people["handlaggare"]
    address = reverse("desk_caretake", args=[case.pk, "bevaka"])
    assert address in case_page(registrar, case)
    form = {"day": "+3", "what": "Ring sökanden", "user": officer.pk}
    assert registrar.post(address, form).status_code == 302
    assert registrar.post(address, form | {"unit": "", "user": ""}).status_code == 422
    reminder = Reminder.objects.get()
    for page in (home(desk), case_page(desk, case), case_page(registrar, case)):
        assert "Ring sökanden" in page
    assert "Ring sökanden" not in home(registrar)
    Reminder.objects.update(day=timezone.localdate() - dt.timedelta(days=2))
    assert "(försenad)" in home(desk)
    move = reverse("desk_move_reminder", args=[reminder.pk])
    assert desk.post(move, {"day": "+9"}).status_code == 302
    assert "(försenad)" not in home(desk)
    done = reverse("desk_complete_reminder", args=[reminder.pk])
    assert desk.post(done, {"next": f"/admin/arende/{case.pk}/"})["Location"].endswith(
        f"/arende/{case.pk}/"
    )
    home(desk)  # says that it is done
    assert "Ring sökanden" not in home(desk)


def test_9_a_reminder_in_a_case_one_may_not_see_does_not_exist(
    city: SmallCity, registrar: Client
) -> None:
    case = letter(city)
    reminder = set_reminder(
        case=case, day=timezone.localdate(), what="Hemligt", user=city.people["registrator"],
        actor=city.people["registrator"],
    )  # fmt: skip
    mark_secret(case=case, provision="OSL 21:1", reason="Skydd.", actor=city.people["registrator"])
    other = User.objects.create(username="annan", first_name="Annan", last_name="Ek")
    appoint(user=other, role=Role.OFFICER, scope=Authority.objects.get(code="KS"), actor=None)
    client = Client()
    client.force_login(other)
    for name in ("desk_complete_reminder", "desk_move_reminder"):
        assert client.post(reverse(name, args=[reminder.pk]), {"day": "+1"}).status_code == 404


def test_9_a_new_record_stands_in_the_list_until_the_case_is_opened(
    desk: Client, registrar: Client, city: SmallCity
) -> None:
    case = letter(city)
    record(case, city, "Skrivelsen")
    register_record(
        case=case, direction=Direction.INCOMING, title="Svar från sökanden",
        received_date=dt.date(2026, 1, 8), actor=city.people["registrator"],
    )  # fmt: skip
    assert "Svar från sökanden" in home(desk)
    case_page(registrar, case)
    assert "Svar från sökanden" in home(desk), "somebody else's opening is none"
    ahead = desk.get(reverse("desk_case", args=[case.pk]), headers={"sec-purpose": "prefetch"})
    assert ahead.status_code == 200
    assert "Svar från sökanden" in home(desk), "the browser's opening is none"
    assert "står inte längre i Att göra" in case_page(desk, case)
    assert "Svar från sökanden" not in home(desk)
    NewRecord.objects.update(seen_at=None)
    tick = reverse("desk_tick_record", args=[NewRecord.objects.get().pk])
    assert desk.post(tick).status_code == 302
    assert "Svar från sökanden" not in home(desk)


def test_9_a_voided_record_is_not_announced(
    desk: Client, registrar: Client, city: SmallCity
) -> None:
    case, clerk = letter(city), city.people["registrator"]
    record(case, city, "Skrivelsen")
    record(case, city, "Svar från sökanden")
    assert "Bocka av" in case_page(registrar, case)
    new = NewRecord.objects.get(seen_at=None)
    void_record(record=new.record, reason="Fel", actor=clerk)
    assert "Bocka av" not in case_page(registrar, case)
    assert "står inte längre i Att göra" not in case_page(desk, case)


def test_9_a_case_is_handed_over_with_a_line(
    desk: Client, registrar: Client, city: SmallCity
) -> None:
    case = letter(city)
    unit = Unit.objects.create(name="Enheten för prov", authority=case.authority)
    colleague = User.objects.create(username="annan", first_name="Annan", last_name="Ek", unit=unit)
    appoint(user=colleague, role=Role.OFFICER, scope=case.authority, actor=None)
    address = reverse("desk_caretake", args=[case.pk, "lamna-over"])
    assert desk.post(address, {"user": colleague.pk, "unit": unit.pk}).status_code == 422
    assert desk.post(address, {"unit": unit.pk, "note": "Ni kan frågan."}).status_code == 302
    client = Client()
    client.force_login(colleague)
    page = home(client)
    assert "Ni kan frågan." in page
    assert "Enheten för prov" in page
    assert "(försenat)" in page
    assert case.title not in home(desk)
    take = reverse("desk_caretake", args=[case.pk, "ta"])
    assert client.post(take).status_code == 302
    case.refresh_from_db()
    assert case.officer == colleague


def test_9_who_is_away_has_a_stand_in(desk: Client, city: SmallCity) -> None:
    case = letter(city)
    other = User.objects.create(username="annan", first_name="Annan", last_name="Ek")
    appoint(user=other, role=Role.OFFICER, scope=case.authority, actor=None)
    address = reverse("desk_stand_ins")
    assert "Ingen ersättare är satt" in desk.get(address).content.decode()
    assert desk.post(address, {"substitute": other.pk, "valid_from": "i"}).status_code == 302
    client = Client()
    client.force_login(other)
    assert f"för {city.people['handlaggare']}" in home(client)
    row = StandIn.objects.get()
    assert client.post(reverse("desk_end_stand_in", args=[row.pk])).status_code == 302
    assert StandIn.objects.get().valid_until is None, "not the stand-in's to end"
    admin = Client()
    admin.force_login(city.people["admin"])
    assert str(other) in admin.get(address).content.decode()
    assert admin.post(reverse("desk_end_stand_in", args=[row.pk])).status_code == 302
    assert f"för {city.people['handlaggare']}" not in home(client)


def test_9_from_att_gora_one_goes_from_letter_to_letter(desk: Client, city: SmallCity) -> None:
    first, second = letter(city, "Första"), letter(city, "Andra")
    page = home(desk)
    assert f"/arende/{first.pk}/?lista=att-gora" in page
    place = desk.get(reverse("desk_case", args=[first.pk]), {"lista": "att-gora"}).context["place"]
    assert f"/{second.pk}/" in place.next_url
    assert place.back.endswith(f"#rad-{first.pk}")


def test_9_att_gora_costs_the_same_however_much_waits(desk: Client, city: SmallCity) -> None:
    def more(count: int) -> None:
        for number in range(count):
            case = letter(city, f"Brev {number}")
            set_reminder(
                case=case, day=timezone.localdate(), what=f"Ring {number}",
                user=city.people["handlaggare"], actor=city.people["registrator"],
            )  # fmt: skip
            record(case, city, f"Brev {number}")
            record(case, city, f"Svar {number}")

    more(2)
    before = queries(desk, "/admin/")
    more(5)
    assert queries(desk, "/admin/") == before
    assign_officer(
        case=letter(city), officer=city.people["handlaggare"], actor=city.people["registrator"]
    )
