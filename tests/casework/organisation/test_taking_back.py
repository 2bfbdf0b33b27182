# SPDX-License-Identifier: EUPL-1.2
"""An appointment that has not begun is taken back, and never counts (R11, R13, R16)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.journal.models import JournalEntry
from casework.organisation.audit import appointment_faults
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Body
from casework.organisation.selectors import seats_of
from casework.organisation.services import (
    appoint,
    change_appointment,
    end_appointment,
    end_body,
    take_back_appointment,
)
from tests.casework.bodies import COMMITTEE, Bodies

TODAY = timezone.localdate()
LATER = TODAY + dt.timedelta(days=30)


def _coming(city: Bodies, who: str, body: Body, role: str, appointer: str) -> Appointment:
    return appoint(
        user=city[who],
        role=role,
        scope=body,
        appointer=city[appointer],
        valid_from=LATER,
        actor=city["admin"],
    )


def _member(city: Bodies) -> Appointment:
    return _coming(city, "larare", city.group, Role.GROUP_MEMBER, "direktor")


def test_6_what_has_not_begun_is_taken_back_and_never_counts(bodies_city: Bodies) -> None:
    city = bodies_city
    seat = _member(city)
    assert seat in seats_of(city.group, LATER)
    row = take_back_appointment(appointment=seat, reason=" Fel person ", actor=city["admin"])
    assert (row.taken_back_on, row.valid_from, row.valid_until) == (TODAY, LATER, None)
    assert row not in seats_of(city.group, LATER)
    assert not row.is_in_force(LATER)
    told = JournalEntry.objects.get(action="organisation.appointment_taken_back")
    assert (told.reason, told.subject) == ("Fel person", row.subject)
    assert list(appointment_faults()) == []
    _member(city)


def test_6_what_was_taken_back_does_not_hold_up_the_end_of_its_body(bodies_city: Bodies) -> None:
    city = bodies_city
    seat = _member(city)
    with pytest.raises(ValidationError, match="Ta tillbaka"):
        end_body(body=city.group, on=TODAY, actor=city["admin"])
    take_back_appointment(appointment=seat, reason="Gruppen upphör", actor=city["admin"])
    end_body(body=city.group, on=TODAY, actor=city["admin"])
    seat.refresh_from_db()
    assert (seat.valid_from, seat.valid_until) == (LATER, None)


def test_6_it_needs_a_reason_a_mandate_and_a_day_to_come(bodies_city: Bodies) -> None:
    city = bodies_city
    seat = _member(city)
    with pytest.raises(ValidationError) as caught:
        take_back_appointment(appointment=seat, reason=" ", actor=city["admin"])
    assert list(caught.value.message_dict) == ["reason"]
    with pytest.raises(PermissionDenied):
        take_back_appointment(appointment=seat, reason="Fel", actor=city["registrator"])
    begun = Appointment.objects.get(user=city["ordforande"], body=city.group)
    with pytest.raises(ValidationError, match="Avsluta det i stället"):
        take_back_appointment(appointment=begun, reason="Fel", actor=city["admin"])


def test_6_it_is_told_once_and_is_neither_ended_nor_changed(bodies_city: Bodies) -> None:
    city = bodies_city
    seat = _member(city)
    for _times in range(2):
        take_back_appointment(appointment=seat, reason="Fel", actor=city["admin"])
    told = JournalEntry.objects.filter(action="organisation.appointment_taken_back")
    assert told.count() == 1
    with pytest.raises(ValidationError, match="togs tillbaka"):
        end_appointment(appointment=seat, on=LATER, actor=city["admin"])
    with pytest.raises(ValidationError, match="togs tillbaka"):
        change_appointment(appointment=seat, reference="Beslut 1", actor=city["admin"])


def test_6_what_has_not_begun_does_not_end_on_a_day_before(bodies_city: Bodies) -> None:
    """It would say that somebody sat the day before, who was appointed from the day after."""
    seat = _member(bodies_city)
    for day in (TODAY, LATER - dt.timedelta(days=1)):
        with pytest.raises(ValidationError, match="Ta tillbaka"):
            end_appointment(appointment=seat, on=day, actor=bodies_city["admin"])


def test_6_a_seat_in_the_committee_keeps_the_seat_that_it_rests_on(bodies_city: Bodies) -> None:
    city = bodies_city
    for body in (city.committee, city.council):
        end_appointment(
            appointment=Appointment.objects.get(user=city[COMMITTEE[4]], body=body),
            on=TODAY,
            actor=city["admin"],
        )
    seat = _coming(city, COMMITTEE[4], city.council, Role.COUNCIL_MEMBER, "direktor")
    five = _coming(city, COMMITTEE[4], city.committee, Role.COMMITTEE_MEMBER, "radsordforande")
    with pytest.raises(ValidationError, match="ledamot i utvecklingsrådet"):
        take_back_appointment(appointment=seat, reason="Fel", actor=city["admin"])
    for row in (five, seat):
        take_back_appointment(appointment=row, reason="Fel", actor=city["admin"])
