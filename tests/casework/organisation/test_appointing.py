# SPDX-License-Identifier: EUPL-1.2
"""Appointing, changing and ending obey one set of rules (R11–R16)."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.journal.models import JournalEntry
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Body
from casework.organisation.selectors import (
    committee_is_complete,
    missing_in,
    officers_of,
    roles_of,
    seats_of,
)
from casework.organisation.services import (
    appoint,
    change_appointment,
    change_person,
    create_person,
    end_appointment,
    end_body,
)
from tests.casework.bodies import COMMITTEE, LONG_AGO, Bodies

TODAY = timezone.localdate()


def _seat(city: Bodies, name: str, body: Body) -> Appointment:
    return Appointment.objects.get(user=city[name], body=body)


def test_r11_stadsdirektoren_appoints_to_groups_and_council(bodies_city: Bodies) -> None:
    city = bodies_city
    with pytest.raises(ValidationError) as caught:
        appoint(
            user=city["larare"],
            role=Role.GROUP_MEMBER,
            scope=city.group,
            appointer=city["radsordforande"],
            actor=city["admin"],
        )
    assert list(caught.value.message_dict) == ["appointer"]
    made = appoint(
        user=city["larare"],
        role=Role.GROUP_MEMBER,
        scope=city.group,
        appointer=city["direktor"],
        reference="Dnr KS 2026/1",
        actor=city["admin"],
    )
    assert (made.appointer, made.appointed_on, made.valid_from) == (city["direktor"], TODAY, TODAY)


def test_r14_the_councils_chair_appoints_the_committee(bodies_city: Bodies) -> None:
    city = bodies_city
    end_appointment(
        appointment=_seat(city, COMMITTEE[4], city.committee),
        on=TODAY - dt.timedelta(days=1),
        actor=city["admin"],
    )
    seat = partial(
        appoint,
        user=city["radet6"],
        role=Role.COMMITTEE_MEMBER,
        scope=city.committee,
        actor=city["admin"],
    )
    with pytest.raises(ValidationError) as caught:
        seat(appointer=city["direktor"])
    assert "utvecklingsrådets ordförande" in str(caught.value.message_dict["appointer"])
    seat(appointer=city["radsordforande"])
    assert committee_is_complete(city.committee, TODAY)


def test_r13_a_sixth_is_refused_also_when_it_begins_later(bodies_city: Bodies) -> None:
    city = bodies_city
    for start in (TODAY, TODAY + dt.timedelta(days=400)):
        with pytest.raises(ValidationError, match="redan sina fem ledamöter"):
            appoint(
                user=city["radet6"],
                role=Role.COMMITTEE_MEMBER,
                scope=city.committee,
                appointer=city["radsordforande"],
                valid_from=start,
                actor=city["admin"],
            )


def test_r13_changing_a_period_goes_by_the_same_rules(bodies_city: Bodies) -> None:
    city = bodies_city
    seat = _seat(city, COMMITTEE[4], city.committee)
    end_appointment(appointment=seat, on=TODAY, actor=city["admin"])
    appoint(
        user=city["radet6"],
        role=Role.COMMITTEE_MEMBER,
        scope=city.committee,
        appointer=city["radsordforande"],
        valid_from=TODAY + dt.timedelta(days=1),
        actor=city["admin"],
    )
    with pytest.raises(ValidationError, match="redan sina fem ledamöter"):
        change_appointment(
            appointment=seat, valid_until=TODAY + dt.timedelta(days=1), actor=city["admin"]
        )


def test_r13_the_committee_sits_in_the_council_the_whole_time(bodies_city: Bodies) -> None:
    city = bodies_city
    end_appointment(
        appointment=_seat(city, COMMITTEE[4], city.committee), on=TODAY, actor=city["admin"]
    )
    end_appointment(
        appointment=_seat(city, "radet6", city.council),
        on=TODAY + dt.timedelta(days=30),
        actor=city["admin"],
    )
    new = partial(
        appoint,
        user=city["radet6"],
        role=Role.COMMITTEE_MEMBER,
        scope=city.committee,
        appointer=city["radsordforande"],
        valid_from=TODAY + dt.timedelta(days=1),
        actor=city["admin"],
    )
    with pytest.raises(ValidationError) as caught:
        new()
    assert list(caught.value.message_dict) == ["user"]
    new(valid_until=TODAY + dt.timedelta(days=30))


def test_r13_a_council_seat_that_a_committee_seat_needs_is_not_ended(bodies_city: Bodies) -> None:
    city = bodies_city
    seat = _seat(city, COMMITTEE[1], city.council)
    with pytest.raises(ValidationError) as caught:
        end_appointment(appointment=seat, on=TODAY, actor=city["admin"])
    assert str(city[COMMITTEE[1]]) in caught.value.message_dict["valid_until"][0]
    end_appointment(
        appointment=_seat(city, COMMITTEE[1], city.committee), on=TODAY, actor=city["admin"]
    )
    end_appointment(appointment=seat, on=TODAY, actor=city["admin"])


def test_r13_the_chair_has_one_of_the_five_seats(bodies_city: Bodies) -> None:
    city = bodies_city
    assert seats_of(city.committee).count() == 5
    assert committee_is_complete(city.committee, TODAY)
    end_appointment(
        appointment=_seat(city, COMMITTEE[0], city.committee),
        on=TODAY - dt.timedelta(days=1),
        actor=city["admin"],
    )
    assert not committee_is_complete(city.committee, TODAY)


def test_r16_a_body_that_ceases_takes_its_seats_with_it(bodies_city: Bodies) -> None:
    city = bodies_city
    yesterday = TODAY - dt.timedelta(days=1)
    end_body(body=city.group, on=yesterday, actor=city["admin"])
    assert not seats_of(city.group).exists()
    assert roles_of(city["ordforande"]) == frozenset()
    with pytest.raises(ValidationError):
        appoint(
            user=city["larare"],
            role=Role.GROUP_MEMBER,
            scope=city.group,
            appointer=city["direktor"],
            actor=city["admin"],
        )


def test_r16_the_council_does_not_cease_under_its_committee(bodies_city: Bodies) -> None:
    city = bodies_city
    with pytest.raises(ValidationError) as caught:
        end_body(body=city.council, on=TODAY, actor=city["admin"])
    assert str(city[COMMITTEE[0]]) in caught.value.message_dict["valid_until"][0]
    end_body(body=city.committee, on=TODAY, actor=city["admin"])
    end_body(body=city.council, on=TODAY, actor=city["admin"])


def test_r19_a_group_without_it_is_pointed_out(bodies_city: Bodies) -> None:
    city = bodies_city
    assert missing_in(city.group) == []
    end_appointment(
        appointment=_seat(city, "ledamot", city.group),
        on=TODAY - dt.timedelta(days=1),
        actor=city["admin"],
    )
    assert missing_in(city.group) == ["Ingen ledamot svarar för IT."]


def test_a_role_belongs_to_its_kind_of_place(bodies_city: Bodies) -> None:
    city = bodies_city
    with pytest.raises(ValidationError) as caught:
        appoint(
            user=city["larare"],
            role=Role.LIAISON,
            scope=city.group,
            actor=city["admin"],
        )
    assert list(caught.value.message_dict) == ["administration"]
    with pytest.raises(ValidationError) as caught:
        appoint(
            user=city["larare"],
            role=Role.GROUP_MEMBER,
            scope=city.council,
            appointer=city["direktor"],
            actor=city["admin"],
        )
    assert list(caught.value.message_dict) == ["body"]


def test_an_expert_has_an_expertise(bodies_city: Bodies) -> None:
    city = bodies_city
    with pytest.raises(ValidationError) as caught:
        appoint(
            user=city["larare"],
            role=Role.EXPERT,
            scope=city.group.authority,
            actor=city["admin"],
        )
    assert list(caught.value.message_dict) == ["expertise"]


@pytest.mark.parametrize("name", ["larare", "kontakt", "ordforande", "slk", "registrator"])
def test_only_the_administrator_appoints(bodies_city: Bodies, name: str) -> None:
    city = bodies_city
    with pytest.raises(PermissionDenied):
        appoint(
            user=city["larare"],
            role=Role.READER,
            scope=city.group.authority,
            actor=city[name],
        )
    with pytest.raises(PermissionDenied):
        end_body(body=city.group, on=TODAY, actor=city[name])
    with pytest.raises(PermissionDenied):
        create_person(username="ny", first_name="Ny", last_name="Ny", actor=city[name])


def test_a_persons_data_change_without_touching_appointments(bodies_city: Bodies) -> None:
    city = bodies_city
    changed = change_person(
        person=city["kontakt"],
        title="Utvecklingsledare",
        administration=city.administrations[1],
        actor=city["admin"],
    )
    assert (changed.title, changed.administration) == ("Utvecklingsledare", city.administrations[1])
    assert roles_of(city["kontakt"]) == {Role.LIAISON}


def test_the_administrator_does_not_lock_herself_out(bodies_city: Bodies) -> None:
    with pytest.raises(ValidationError) as caught:
        change_person(person=bodies_city["admin"], is_active=False, actor=bodies_city["admin"])
    assert list(caught.value.message_dict) == ["is_active"]


def test_officers_are_those_appointed_today(bodies_city: Bodies) -> None:
    city = bodies_city
    authority = city.group.authority
    assert list(officers_of(authority)) == [city["handlaggare"]]
    end_appointment(
        appointment=Appointment.objects.get(user=city["handlaggare"]),
        on=TODAY - dt.timedelta(days=1),
        actor=city["admin"],
    )
    assert list(officers_of(authority)) == []


def test_a_name_stands_in_a_running_sentence(bodies_city: Bodies) -> None:
    assert bodies_city.group.in_sentence() == "tjänsteområdesgruppen för det pedagogiska området"
    assert bodies_city.body("it-radet").in_sentence() == "IT-rådet"


def test_appointments_begin_today_unless_told(bodies_city: Bodies) -> None:
    assert Appointment().valid_from == TODAY
    assert _seat(bodies_city, "ordforande", bodies_city.group).valid_from == LONG_AGO


def test_6_the_button_that_ends_does_not_lengthen(bodies_city: Bodies) -> None:
    """Ended once more on a later day, it would begin to count again by no rule at all."""
    city = bodies_city
    seat = _seat(city, COMMITTEE[4], city.committee)
    yesterday = TODAY - dt.timedelta(days=1)
    end_appointment(appointment=seat, on=yesterday, actor=city["admin"])
    for day in (TODAY, TODAY + dt.timedelta(days=400)):
        with pytest.raises(ValidationError) as caught:
            end_appointment(appointment=seat, on=day, actor=city["admin"])
        assert list(caught.value.message_dict) == ["valid_until"]
    seat.refresh_from_db()
    assert seat.valid_until == yesterday


def test_6_an_end_that_is_pressed_twice_is_told_once(bodies_city: Bodies) -> None:
    city = bodies_city
    seat = _seat(city, COMMITTEE[4], city.committee)
    for _times in range(2):
        end_appointment(appointment=seat, on=TODAY, actor=city["admin"])
    told = JournalEntry.objects.filter(
        action="organisation.appointment_ended", object_id=str(seat.pk)
    )
    assert told.count() == 1


def test_6_what_has_ended_is_not_changed_into_lasting(bodies_city: Bodies) -> None:
    city = bodies_city
    seat = _seat(city, COMMITTEE[4], city.committee)
    end_appointment(appointment=seat, on=TODAY - dt.timedelta(days=30), actor=city["admin"])
    for until in (None, TODAY):
        with pytest.raises(ValidationError) as caught:
            change_appointment(appointment=seat, actor=city["admin"], valid_until=until)
        assert list(caught.value.message_dict) == ["valid_until"]


def test_6_a_person_has_a_role_in_a_place_once_at_a_time(bodies_city: Bodies) -> None:
    city = bodies_city
    give = partial(
        appoint,
        user=city["larare"],
        role=Role.GROUP_MEMBER,
        scope=city.group,
        appointer=city["direktor"],
        actor=city["admin"],
    )
    first = give()
    with pytest.raises(ValidationError) as caught:
        give(valid_from=TODAY + dt.timedelta(days=5))
    assert list(caught.value.message_dict) == ["user"]
    end_appointment(appointment=first, on=TODAY, actor=city["admin"])
    give(valid_from=TODAY + dt.timedelta(days=1))


def test_6_a_body_that_has_ceased_is_not_let_go_on(bodies_city: Bodies) -> None:
    """Ended once more on a later day, it would be there beside the one that came after it."""
    city = bodies_city
    yesterday = TODAY - dt.timedelta(days=1)
    end_body(body=city.committee, on=yesterday, actor=city["admin"])
    with pytest.raises(ValidationError) as caught:
        end_body(body=city.committee, on=TODAY, actor=city["admin"])
    assert list(caught.value.message_dict) == ["valid_until"]
    city.committee.refresh_from_db()
    assert city.committee.valid_until == yesterday
