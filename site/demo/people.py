# SPDX-License-Identifier: EUPL-1.2
"""The demo city's organisation and accounts, and the clock under which its past is told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from casework.organisation.enums import Role
from casework.organisation.models import Administration, Authority, Body, User
from casework.organisation.services import appoint
from casework.preset.loader import ensure_administration, load_preset

FOLDER = Path(__file__).parent
PASSWORD = "demo"  # noqa: S105  the made-up city's, told to everybody on the log-in page
ZONE = ZoneInfo("Europe/Stockholm")
APPOINTED = dt.date(2020, 1, 1)


@contextmanager
def at(day: dt.date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Let the services believe that it is that day; the demo's history needs a past."""
    moment = dt.datetime.combine(day, dt.time(hour, minute), ZONE).astimezone(dt.UTC)
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


def read(name: str) -> Any:
    """The content of ``name``.json in this folder."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


@transaction.atomic
def seed_organisation() -> None:
    """The preset, the förvaltningar and the demo accounts; again it adds only what is missing."""
    load_preset()
    content = read("organisation")
    for slug, name, short in content["administrations"]:
        ensure_administration(name, short, slug, "KS")
    for person in content["people"]:
        if not User.objects.filter(username=person["username"]).exists():
            with at(APPOINTED):
                _person(person)


def _person(person: dict[str, Any]) -> None:
    first, _space, last = person["name"].partition(" ")
    user = account(
        person["username"],
        first,
        last,
        Administration.objects.get(slug=person["at"]),
        title=person["title"],
        phone=person.get("phone", ""),
    )
    for role, where, *expertise in person["roles"]:
        appoint(
            user,
            role,
            _scope(role, where),
            appointed_by="Utvecklingsrådets ordförande"
            if role == Role.COMMITTEE_MEMBER
            else "Stadsdirektören",
            expertise=expertise[0] if expertise else "",
            valid_from=APPOINTED,
        )


@cache
def _hashed_password() -> str:
    """One slow hash for all demo accounts: they share a password that everybody is told."""
    return make_password(PASSWORD)


def account(
    username: str, first: str, last: str, administration: Administration, **fields: str
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
    if role == Role.LIAISON:
        return Administration.objects.get(slug=where)
    if where in {"KS", "KF"}:
        return Authority.objects.get(code=where)
    return Body.objects.get(slug=where)
