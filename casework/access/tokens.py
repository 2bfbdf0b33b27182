# SPDX-License-Identifier: EUPL-1.2
"""The one access rule (DESIGN decision 3).

A case or record has an *audience* and a person has *tokens*; the person sees it when the two
intersect. Nothing else decides visibility. Both functions are pure apart from reading a person's
appointments; the audience is stored in a table (SQL compiler, :mod:`casework.access.sql`) and in
the search index by the same service in the same transaction.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Appointment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User

PUBLIC = "public"
"""Everybody, also without signing in."""

STAFF_ROLES = frozenset(
    {
        Role.REGISTRAR,
        Role.OFFICER,
        Role.EXECUTIVE_OFFICE,
        Role.DECISION_RECORDER,
        Role.ADMINISTRATOR,
        Role.READER,
    }
)
"""The roles that read every case of their authority which is not secret."""


class Face(enum.Enum):
    """Which variant of title, party and text a person is shown (OSL 5:2)."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """What the rule needs to know about a case or a record."""

    authority: str
    is_secret: bool
    is_published: bool
    officer: int | None = None
    originator: int | None = None
    administrations: frozenset[str] = field(default_factory=frozenset)
    service_area: str | None = None
    granted: frozenset[int] = field(default_factory=frozenset)


def audience_of(facts: AccessFacts) -> frozenset[str]:
    """The tokens that open a case or record.

    A secret one is open to the registrars of its authority, its officer, the person who sent it
    and those who were let in by name, and to nobody else: not to its area, not to its
    administration, not to readers (OSL 5:5; need to know).
    """
    tokens = {f"registrar:{facts.authority}"}
    tokens.update(person_token(pk) for pk in facts.granted)
    for person in (facts.officer, facts.originator):
        if person is not None:
            tokens.add(person_token(person))
    if facts.is_secret:
        return frozenset(tokens)
    tokens.add(f"authority:{facts.authority}")
    tokens.add("council")
    tokens.update(f"administration:{slug}" for slug in facts.administrations)
    if facts.service_area:
        tokens.add(f"area:{facts.service_area}")
    if facts.is_published:
        tokens.add(PUBLIC)
    return frozenset(tokens)


def tokens_of(user: User | AnonymousUser | None) -> frozenset[str]:
    """The tokens a person holds today, from the appointments in force.

    An inactive or anonymous person holds only ``public``. One query, remembered on the user
    object, which lives as long as the request.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return frozenset({PUBLIC})
    remembered: frozenset[str] | None = getattr(user, "_access_tokens", None)
    if remembered is None:
        remembered = frozenset({PUBLIC, person_token(user.pk), *_appointed_tokens(user)})
        user._access_tokens = remembered
    return remembered


def roles_of(user: User | AnonymousUser) -> frozenset[str]:
    """The roles a person holds today, wherever; for menus and lists. Remembered like the tokens.

    Whether a person may decide something is :mod:`casework.process.mandates`' to say.
    """
    tokens_of(user)
    roles: frozenset[str] = getattr(user, "_access_roles", frozenset())
    return roles


def face_for(tokens: frozenset[str], audience: frozenset[str]) -> Face:
    """The internal face for those whom more than publicity lets in, else the public one."""
    return Face.INTERNAL if (tokens & audience) - {PUBLIC} else Face.PUBLIC


def person_token(pk: int) -> str:
    """The token of one named person."""
    return f"user:{pk}"


def _appointed_tokens(user: User) -> set[str]:
    tokens: set[str] = set()
    appointments = (
        Appointment.objects.in_force()
        .filter(user=user)
        .select_related("body__service_area", "body__authority", "administration", "authority")
    )
    user._access_roles = frozenset(appointment.role for appointment in appointments)
    for appointment in appointments:
        tokens |= _tokens_of_appointment(appointment)
    return tokens


def _tokens_of_appointment(appointment: Appointment) -> set[str]:
    tokens: set[str] = set()
    body = appointment.body
    if appointment.administration:
        tokens.add(f"administration:{appointment.administration.slug}")
    authority = appointment.authority or (body.authority if body else None)
    if authority and appointment.role in STAFF_ROLES:
        tokens.add(f"authority:{authority.code}")
    if authority and appointment.role == Role.REGISTRAR:
        tokens.add(f"registrar:{authority.code}")
    if body and body.is_in_force():
        if body.service_area:
            tokens.add(f"area:{body.service_area.slug}")
        if body.kind in {BodyKind.DEVELOPMENT_COUNCIL, BodyKind.COMMITTEE}:
            tokens.add("council")
    return tokens
