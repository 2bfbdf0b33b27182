# SPDX-License-Identifier: EUPL-1.2
"""An appointment that ends with nobody after it is told in good time (R47)."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.organisation.enums import Role
from casework.organisation.models import Appointment
from casework.organisation.selectors import lapsing
from casework.organisation.services import appoint
from casework.process import mandates
from casework.process.specs import Mandate
from tests import small_city
from tests.small_city import SmallCity


def _end(city: SmallCity, who: str, role: str, days: int) -> dt.date:
    """Let a person's appointment end in so many days."""
    day = timezone.localdate() + dt.timedelta(days=days)
    Appointment.objects.filter(user=city.people[who], role=role).update(valid_until=day)
    return day


def _names(city: SmallCity) -> set[str]:
    return {row.appointment.user.username for row in lapsing()}


def test_the_last_in_a_place_is_told_sixty_days_ahead(city: SmallCity) -> None:
    _end(city, "kontakt", Role.LIAISON, 61)
    assert "kontakt" not in _names(city)
    _end(city, "kontakt", Role.LIAISON, 60)
    (row,) = [lapse for lapse in lapsing() if lapse.appointment.user == city.people["kontakt"]]
    assert "kontaktperson" in row.missing


def test_a_successor_silences_the_warning(city: SmallCity) -> None:
    day = _end(city, "kontakt", Role.LIAISON, 10)
    old = Appointment.objects.get(user=city.people["kontakt"], role=Role.LIAISON)
    after = small_city.person(city, "efter")
    appoint(
        user=after, role=Role.LIAISON, scope=old.scope, actor=None,
        valid_from=day + dt.timedelta(days=2),
    )  # fmt: skip
    assert "kontakt" in _names(city)  # a day between with nobody
    Appointment.objects.filter(user=after).update(valid_from=day + dt.timedelta(days=1))
    assert "kontakt" not in _names(city)


def test_a_body_that_ends_ends_its_seats(city: SmallCity) -> None:
    group = city.bodies["grupp-pedagogiska"]
    group.valid_until = timezone.localdate() + dt.timedelta(days=5)
    group.save()
    assert {"ordforande", "ledamot"} <= _names(city)


def test_the_committee_must_stay_five(city: SmallCity) -> None:
    small_city.seat_committee(city)
    assert not [row for row in lapsing() if row.appointment.role == Role.COMMITTEE_MEMBER]
    seat = Appointment.objects.filter(role=Role.COMMITTEE_MEMBER)[0]
    seat.valid_until = timezone.localdate() + dt.timedelta(days=5)
    seat.save()
    assert seat in [row.appointment for row in lapsing()]


def test_the_office_reads_the_warning_and_a_contact_person_does_not(city: SmallCity) -> None:
    _end(city, "kontakt", Role.LIAISON, 10)
    for who, expected in (("slk", True), ("kontakt", False)):
        client = Client()
        client.force_login(city.people[who])
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert ("Uppdrag som snart tar slut" in page) is expected


def test_who_may_decide_is_told_with_appointment_and_last_day(city: SmallCity) -> None:
    initiative = small_city.with_group(city, "Öppna lekplatser")
    day = _end(city, "ordforande", Role.GROUP_CHAIR, 30)
    rows = {row.user.username: row for row in mandates.holders(initiative.process, Mandate.GROUP)}
    assert rows["ordforande"].until == day
    assert rows["ledamot"].until is None
    assert "ordförande" in rows["ordforande"].by
    client = Client()
    client.force_login(city.people["ordforande"])
    page = client.get(reverse("desk_decide", args=[initiative.pk, "admit"])).content.decode()
    assert f"till och med {day}" in page
    assert "tills vidare" in page
