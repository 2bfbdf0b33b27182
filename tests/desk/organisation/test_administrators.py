# SPDX-License-Identifier: EUPL-1.2
"""What administrators do is seen, and nobody gives herself a role (issue 7: M3)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.journal.models import JournalEntry
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Authority, User
from casework.organisation.services import appoint, change_appointment, end_appointment
from tests.small_city import SmallCity

DAY = dt.timedelta(days=1)


def authority() -> Authority:
    return Authority.objects.get(code="KS")


def test_m3_nobody_gives_herself_a_role(city: SmallCity) -> None:
    admin = city.people["admin"]
    with pytest.raises(ValidationError) as caught:
        appoint(user=admin, role=Role.REGISTRAR, scope=authority(), actor=admin)
    assert caught.value.message_dict == {
        "user": ["Du kan inte ge dig själv ett uppdrag. Be en annan administratör."]
    }


def test_m3_nor_lengthens_one(city: SmallCity) -> None:
    admin = city.people["admin"]
    own = Appointment.objects.get(user=admin)
    with pytest.raises(ValidationError, match="ge dig själv"):
        change_appointment(appointment=own, actor=admin, valid_until=None)


def test_m3_a_role_begins_no_earlier_than_it_is_noted(city: SmallCity) -> None:
    admin, person = city.people["admin"], city.people["larare"]
    yesterday = timezone.localdate() - DAY
    with pytest.raises(ValidationError, match="tidigast i dag"):
        appoint(user=person, role=Role.READER, scope=authority(), actor=admin, valid_from=yesterday)
    row = appoint(user=person, role=Role.READER, scope=authority(), actor=admin)
    with pytest.raises(ValidationError, match="tidigast i dag"):
        change_appointment(appointment=row, actor=admin, valid_from=yesterday)


def test_m3_administrators_and_auditors_read_what_was_done(client: Client, city: SmallCity) -> None:
    appoint(
        user=city.people["larare"], role=Role.READER, scope=authority(), actor=city.people["admin"]
    )
    for name, status in (
        ("admin", 200),
        ("larare", 200),
        ("ordforande", 302),
        ("registrator", 302),
    ):
        client.force_login(city.people[name])
        answer = client.get(reverse("desk_office_history"))
        assert answer.status_code == status, name
        if status == 200:
            assert "utsågs till Läsbehörig" in answer.content.decode()


def test_m3_what_a_superuser_does_to_an_account_is_journalled(
    client: Client, city: SmallCity
) -> None:
    root = User.objects.create_superuser("rot", password=None)
    client.force_login(root)
    target = city.people["larare"]
    answer = client.post(
        reverse("wagtailusers_users:edit", args=[target.pk]),
        {
            "username": "larare", "first_name": "Larare", "last_name": "Ek", "email": "a@a.example",
            "is_active": "on", "is_superuser": "on",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[:2000]
    entry = JournalEntry.objects.order_by("pk").last()
    assert entry is not None
    assert entry.actor == root
    assert entry.before["is_superuser"] is False
    assert entry.after["is_superuser"] is True
    assert entry.chain_id == "kontoret"


def test_ones_own_password_is_changed_in_one_place(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["registrator"])
    assert "old_password" not in client.get("/admin/account/").content.decode()


def test_6_what_has_ended_shows_no_way_to_its_end(city: SmallCity, client: Client) -> None:
    client.force_login(city.people["admin"])
    seat = Appointment.objects.get(user=city.people["radet"])
    page, end = (reverse(f"appointment:{name}", args=[seat.pk]) for name in ("edit", "end"))
    assert f'href="{end}"' in client.get(page).content.decode()
    Appointment.objects.filter(pk=seat.pk).update(valid_until=timezone.localdate() - DAY)
    assert f'href="{end}"' not in client.get(page).content.decode()


def test_6_what_is_used_already_is_told_in_a_sentence(city: SmallCity, client: Client) -> None:
    client.force_login(city.people["admin"])
    data = {"code": "2.1", "title": "Mål", "valid_from": timezone.localdate().isoformat()}
    assert client.post(reverse("goal:add"), data).status_code == 302
    form = client.post(reverse("goal:add"), data).context["form"]
    assert form.errors["code"] == ["Det som står här används redan av en annan. Skriv något annat."]


def test_6_the_last_administrator_is_not_ended(city: SmallCity) -> None:
    """Nobody could appoint the next one."""
    admin, today = city.people["admin"], timezone.localdate()
    own = Appointment.objects.get(user=admin, role=Role.ADMINISTRATOR)
    with pytest.raises(ValidationError) as caught:
        end_appointment(appointment=own, on=today, actor=admin)
    assert list(caught.value.message_dict) == ["valid_until"]
    appoint(user=city.people["larare"], role=own.role, scope=authority(), actor=admin)
    assert end_appointment(appointment=own, on=today, actor=admin).valid_until == today


def test_8_people_are_called_people_in_menu_and_heading(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["admin"])
    page = client.get(reverse("person:index")).content.decode()
    assert re.search(r"<h1[^>]*>(?:(?!</h1>).)*Personer", page, re.S)
    assert "Lägg till person" in page
    assert "Lägg till användare" not in page
