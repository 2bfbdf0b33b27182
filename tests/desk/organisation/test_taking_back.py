# SPDX-License-Identifier: EUPL-1.2
"""What the pages of bodies and appointments say of ends, and of what ends leave (issue 6)."""

from __future__ import annotations

import datetime as dt
import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.meetings.models import Meeting
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Authority
from casework.organisation.services import appoint, end_body
from tests import small_city as small
from tests.small_city import SmallCity

TODAY = timezone.localdate()


def _read(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_6_an_appointment_to_come_is_taken_back_from_its_page(
    admin: Client, city: SmallCity
) -> None:
    row = appoint(
        user=city.people["larare"],
        role=Role.READER,
        scope=Authority.objects.get(code="KS"),
        valid_from=TODAY + dt.timedelta(days=9),
        actor=None,
    )
    edit = reverse("appointment:edit", args=[row.pk])
    address = reverse("appointment:take_back", args=[row.pk])
    assert f'href="{address}"' in _read(admin, edit)
    assert admin.post(address, {"reason": ""}).status_code == 422
    answer = admin.post(address, {"reason": "Fel person"}, follow=True).content.decode()
    assert "uppdraget är återtaget" in answer
    row.refresh_from_db()
    assert row.taken_back_on == TODAY
    page = _read(admin, edit)
    assert f"Uppdraget togs tillbaka {TODAY.isoformat()}." in page
    assert f'href="{address}"' not in page
    assert "Återtaget" in _read(admin, reverse("appointment:index"))


def test_6_a_body_that_has_ceased_says_so_where_it_is_changed(
    admin: Client, city: SmallCity
) -> None:
    body = city.bodies["borgarradsberedningen"]
    address = reverse("body:edit", args=[body.pk])
    assert "Upphör" not in _read(admin, address)
    yesterday = TODAY - dt.timedelta(days=1)
    end_body(body=body, on=yesterday, actor=None)
    assert f"Upphörde {yesterday.isoformat()}." in _read(admin, address)


def test_6_the_page_that_ends_a_body_says_what_is_left_behind(
    admin: Client, city: SmallCity
) -> None:
    body = city.bodies["grupp-pedagogiska"]
    address = reverse("body:end", args=[body.pk])
    assert "blir kvar utan beslut" not in _read(admin, address)
    small.with_group(city, "Kvar hos gruppen")
    day = TODAY + dt.timedelta(days=12)
    Meeting.objects.create(body=body, day=day)
    page = _read(admin, address)
    assert "1 initiativ ligger hos organet och blir kvar utan beslut." in page
    (told,) = re.findall(r"ställs in av sig själva: ([^.]*)\.", page)
    assert day.isoformat() in told
    other = reverse("body:end", args=[city.bodies["grupp-sociala"].pk])
    assert "blir kvar utan beslut" not in _read(admin, other)


def test_6_the_end_of_a_seat_says_what_the_committee_lacks(admin: Client, city: SmallCity) -> None:
    small.seat_committee(city)
    seat = Appointment.objects.filter(role=Role.COMMITTEE_MEMBER).first()
    assert seat is not None
    address = reverse("appointment:end", args=[seat.pk])
    answer = admin.post(address, {"on": TODAY.isoformat()}, follow=True).content.decode()
    after = (TODAY + dt.timedelta(days=1)).isoformat()
    assert f"från {after}: Utskottet ska ha fem ledamöter" in answer
    assert "Det har 4." in answer
