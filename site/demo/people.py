# SPDX-License-Identifier: EUPL-1.2
"""The demo city's organisation, accounts and appointments."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from casework.organisation.enums import (
    APPOINTER_OF_ROLE,
    COMMITTEE_SEATS,
    COUNCIL_SEATS,
    SCOPE_OF_ROLE,
    Role,
    Scope,
)
from casework.organisation.models import Administration, Authority, Body, Unit, User
from casework.organisation.services import appoint, keep
from casework.preset.loader import ensure_administration, load_preset
from demo.clock import at

FOLDER = Path(__file__).parent
PASSWORD = "demo"  # noqa: S105  the made-up city's, told to everybody on the log-in page
APPOINTED = dt.date(2020, 1, 1)
APPOINTERS = {Role.CITY_MANAGER: "direktor", Role.COUNCIL_CHAIR: "radet"}
"""The accounts of those who appoint (R11, R14)."""


def read(name: str) -> Any:
    """The content of ``name``.json in this folder."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


@transaction.atomic
def seed_organisation() -> None:
    """The preset, the förvaltningar and the demo accounts; again it adds only what is missing."""
    load_preset()
    content = read("organisation")
    for slug, name, short in content["administrations"]:
        ensure_administration(name=name, short_name=short, slug=slug, authority="KS")
    for name in content["units"]:
        _ensure_unit(name)
    new = [
        person
        for person in content["people"]
        if not User.objects.filter(username=person["username"]).exists()
    ]
    with at(APPOINTED):
        for person in new:
            _account_of(person)
        seats = [(person, seat) for person in new for seat in person["roles"]]
        for person, seat in sorted(seats, key=lambda row: _rank(row[1][0])):
            _appoint(person["username"], *seat)


def _rank(role: str) -> int:
    """Those who appoint come first, then the council, of which the committee is made (R13)."""
    if role in APPOINTERS:
        return 0 if role == Role.CITY_MANAGER else 1
    return 2 if role in COUNCIL_SEATS else 4 if role in COMMITTEE_SEATS else 3


def _appoint(username: str, role: str, where: str, expertise: str = "") -> None:
    appointer = APPOINTER_OF_ROLE.get(role)
    appoint(
        user=User.objects.get(username=username),
        role=role,
        scope=_scope(role, where),
        actor=None,
        appointer=User.objects.get(username=APPOINTERS[appointer]) if appointer else None,
        reference="Beslut 2019-12-16" if appointer else "",
        expertise=expertise,
        valid_from=APPOINTED,
    )


def _account_of(person: dict[str, Any]) -> User:
    first, _space, last = person["name"].partition(" ")
    return account(
        person["username"],
        first,
        last,
        Administration.objects.get(slug=person["at"]),
        title=person["title"],
        phone=person.get("phone", ""),
        unit=Unit.objects.filter(name=person.get("unit")).first(),
    )


def _ensure_unit(name: str) -> None:
    """An enhet of kommunstyrelsen's."""
    if not Unit.objects.filter(name=name).exists():
        keep(
            thing=Unit(),
            values={
                "name": name,
                "authority": Authority.objects.get(code="KS"),
                "valid_from": APPOINTED,
            },
            actor=None,
        )


@cache
def _hashed_password() -> str:
    """One slow hash for all demo accounts: they share a password that everybody is told."""
    return make_password(PASSWORD)


def account(
    username: str, first: str, last: str, administration: Administration, **fields: Any
) -> User:
    """A demo account with the password that everybody is told."""
    return User.objects.create(
        username=username,
        email=f"{username}@almstad.example",
        password=_hashed_password(),
        first_name=first,
        last_name=last,
        administration=administration,
        **fields,
    )


def _scope(role: str, where: str) -> Body | Administration | Authority:
    scope = SCOPE_OF_ROLE[role]
    if scope is Scope.ADMINISTRATION:
        return Administration.objects.get(slug=where)
    if scope is Scope.AUTHORITY:
        return Authority.objects.get(code=where)
    return Body.objects.get(slug=where)
