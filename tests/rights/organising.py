# SPDX-License-Identifier: EUPL-1.2
"""As ``calls``, for people, bodies and appointments."""

from __future__ import annotations

import datetime as dt

from casework.organisation import services as organisation
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Authority
from tests.rights.calls import Call
from tests.rights.world import TODAY, World


def _appointment(w: World, key: str) -> Appointment:
    return Appointment.objects.get(user=w.city.people[key], role=Role.READER)


def _not_begun(w: World) -> Appointment:
    return organisation.appoint(
        user=w.city.people["nobody"],
        role=Role.READER,
        scope=Authority.objects.get(code="KS"),
        valid_from=TODAY() + dt.timedelta(days=9),
        actor=None,
    )


ORGANISATION: dict[str, Call] = {
    "appoint": lambda w, who: organisation.appoint(
        user=w.city.people["nobody"], role=Role.READER, actor=who,
        scope=Authority.objects.get(code="KS"),
    ),
    "change_appointment": lambda w, who: organisation.change_appointment(
        appointment=_appointment(w, "reader"), reference="Beslut 1", actor=who
    ),
    "end_appointment": lambda w, who: organisation.end_appointment(
        appointment=_appointment(w, "reader"), on=TODAY(), actor=who
    ),
    "take_back_appointment": lambda w, who: organisation.take_back_appointment(
        appointment=_not_begun(w), reason="Fel person", actor=who
    ),
    "end_body": lambda w, who: organisation.end_body(
        body=w.city.bodies["borgarradsberedningen"], on=TODAY(), actor=who
    ),
    "create_person": lambda w, who: organisation.create_person(
        username="ny.person", first_name="Ny", last_name="Person", email="ny@almstad.example",
        actor=who,
    ),
    "reset_password": lambda w, who: organisation.reset_password(
        person=w.city.people["nobody"], actor=who
    ),
    "change_person": lambda w, who: organisation.change_person(
        person=w.city.people["nobody"], title="Lärare", actor=who
    ),
    "keep": lambda w, who: organisation.keep(
        thing=Authority(), values={"code": "KN", "name": "Kulturnämnden"}, actor=who
    ),
}  # fmt: skip
