# SPDX-License-Identifier: EUPL-1.2
"""Reading the organisation: who sits where, and in which roles, on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.organisation.enums import (
    CHAIRS,
    COMMITTEE_SEATS,
    COMMITTEE_SIZE,
    COUNCIL_SEATS,
    SEATS,
    TECHNICAL,
    BodyKind,
    Expertise,
    Role,
)
from casework.organisation.models import Administration, Appointment, Authority, Body, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

LAPSE_WARNING = dt.timedelta(days=60)
"""So long before a place falls empty, those who can fill it are told."""


def appointments_of(user: User | AnonymousUser | None) -> list[Appointment]:
    """The person's appointments in force today, in bodies that are in force.

    One query, remembered on the user object, which lives as long as the request. Somebody who is
    not signed in, or whose account is closed, has none.
    """
    if user is None or not isinstance(user, User) or not user.is_active:
        return []
    remembered: list[Appointment] | None = getattr(user, "_appointments", None)
    if remembered is None:
        # Whether each is in force is asked here: a person has few, and the question to the
        # database, which stands in front of every page, is then a quick one to put together.
        rows = (
            Appointment.objects.filter(user=user)
            .select_related("body__service_area", "body__authority", "administration", "authority")
            .order_by("pk")
        )
        remembered = [row for row in rows if row.is_in_force()]
        user._appointments = remembered
    return remembered


def forget_appointments(user: User) -> None:
    """Let the next question read anew; after an appointment in the same request."""
    for name in ("_appointments", "_access_tokens"):
        if hasattr(user, name):
            delattr(user, name)


def roles_of(user: User | AnonymousUser | None) -> frozenset[str]:
    """The roles a person holds today, wherever."""
    return frozenset(row.role for row in appointments_of(user))


def has_role_at(user: User | AnonymousUser | None, authority_id: int, *roles: str) -> bool:
    """Whether the person holds one of the roles at the authority today."""
    return any(
        row.role in roles and row.authority_id == authority_id for row in appointments_of(user)
    )


def authorities_with(user: User | AnonymousUser | None, *roles: str) -> list[int]:
    """The authorities at which the person holds one of the roles today, by their keys."""
    rows = appointments_of(user)
    found = [row.authority_id for row in rows if row.role in roles]
    return list(dict.fromkeys(pk for pk in found if pk is not None))


def seats_of(body: Body, on: dt.date | None = None) -> QuerySet[Appointment]:
    """The seats of a body that are taken on a day, chair included."""
    return (
        Appointment.objects.in_force(on)
        .filter(body=body, role__in=SEATS, user__is_active=True)
        .select_related("user")
        .order_by("role", "pk")
    )


def officers_of(authority: Authority | int) -> QuerySet[User]:
    """The officers of an authority today, each once."""
    pk = authority if isinstance(authority, int) else authority.pk
    rows = Appointment.objects.in_force().filter(role=Role.OFFICER, authority=pk)
    return User.objects.filter(pk__in=rows.values("user"), is_active=True)


def committee_is_complete(body: Body, on: dt.date) -> bool:
    """R13: exactly five persons sit in the committee on the day, all with a seat in the council."""
    people = set(
        Appointment.objects.in_force(on)
        .filter(body=body, role__in=COMMITTEE_SEATS)
        .values_list("user", flat=True)
    )
    return len(people) == COMMITTEE_SIZE and not people - set(council_people(on))


def council_people(on: dt.date) -> list[int]:
    """The primary keys of those who sit in utvecklingsrådet on a day."""
    return list(
        Appointment.objects.in_force(on)
        .filter(role__in=COUNCIL_SEATS, body__kind=BodyKind.DEVELOPMENT_COUNCIL)
        .values_list("user", flat=True)
    )


@dataclass(frozen=True, slots=True)
class Lapse:
    """An appointment that ends soon and leaves an empty place, with what will be missing."""

    appointment: Appointment
    until: dt.date
    missing: str


def lapsing(within: dt.timedelta = LAPSE_WARNING) -> list[Lapse]:
    """The appointments that end soon and leave nobody in their place, the nearest first (R47).

    Somebody is in the place where another holds the same role in the same body, förvaltning or
    authority on the day after, or in a body that follows on it. The committee must be five.
    """
    today = timezone.localdate()
    last = today + within
    rows = (
        Appointment.objects.in_force()
        .exclude(role__in=[Role.READER, Role.EXPERT])
        .filter(user__is_active=True)
        .filter(
            Q(valid_until__lte=last)
            | Q(body__valid_until__lte=last)
            | Q(administration__valid_until__lte=last)
        )
        .select_related("user", "body", "administration", "authority")
    )
    found = []
    for row in rows:
        day = row.ends_on
        assert day is not None  # the filter asks for one
        missing = _missing_after(row, day + dt.timedelta(days=1))
        if missing:
            found.append(Lapse(row, day, missing))
    return sorted(found, key=lambda lapse: (lapse.until, lapse.appointment.pk))


def _missing_after(row: Appointment, day: dt.date) -> str:
    """What is missing on the day after an appointment; empty where somebody is in its place."""
    same = Appointment.objects.in_force(day).filter(role=row.role, user__is_active=True)
    if row.body is not None:
        if row.role in COMMITTEE_SEATS and row.body.is_in_force(day):
            if committee_is_complete(row.body, day):
                return ""
            return _("Utskottet är inte längre fem.")
        same = same.filter(Q(body=row.body_id) | Q(body__predecessor=row.body_id))
    else:
        same = same.filter(administration=row.administration_id, authority=row.authority_id)
    if same.exists():
        return ""
    return _("Ingen är utsedd som %(role)s efter det.") % {"role": row.get_role_display().lower()}


def expertise_of(user: User, on: dt.date | None = None) -> frozenset[str]:
    """The kinds of expertise that the person holds by appointment (R23, R24)."""
    found = Appointment.objects.in_force(on).filter(user=user).exclude(expertise="")
    return frozenset(found.values_list("expertise", flat=True))


def holders_of(role: str, on: dt.date | None = None) -> QuerySet[User]:
    """The persons who hold a role on a day, by name."""
    rows = Appointment.objects.in_force(on).filter(role=role)
    return User.objects.filter(pk__in=rows.values("user"), is_active=True)


def administrations_without_liaison() -> QuerySet[Administration]:
    """The förvaltningar in force that nobody answers for: what they send reaches no one (R20)."""
    liaison = Appointment.objects.in_force().filter(
        role=Role.LIAISON, administration=OuterRef("pk"), user__is_active=True
    )
    return Administration.objects.in_force().filter(~Exists(liaison))


def missing_in(body: Body, on: dt.date | None = None) -> list[str]:
    """What a body lacks to be as the model wants it, in sentences; a hint, nothing is refused.

    A group is led by a chair and has people responsible for the business and for IT (R19); the
    committee has five seats (R13).
    """
    rows = list(seats_of(body, on))
    found: list[str] = []
    if not any(row.role in CHAIRS for row in rows):
        found.append(_("Ordförande saknas."))
    if body.kind == BodyKind.SERVICE_AREA_GROUP:
        known = {row.expertise for row in rows}
        if Expertise.BUSINESS not in known:
            found.append(_("Ingen ledamot svarar för verksamheten."))
        if not known & TECHNICAL:
            found.append(_("Ingen ledamot svarar för IT."))
    if body.kind == BodyKind.COMMITTEE and not committee_is_complete(
        body, on or timezone.localdate()
    ):
        found.append(
            _("Utskottet ska ha fem ledamöter, alla ur utvecklingsrådet. Det har %(count)s.")
            % {"count": len({row.user_id for row in rows})}
        )
    return found
