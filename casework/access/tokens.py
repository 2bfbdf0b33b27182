# SPDX-License-Identifier: EUPL-1.2
"""The one access rule.

A case or record has an *audience* and a person has *tokens*; the person sees it when the two
intersect. Nothing else decides visibility. Both functions are pure apart from reading a person's
appointments; the audience is stored in a table (SQL compiler, :mod:`casework.access.sql`) and in
the search index by the same service in the same transaction.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from casework.access.models import GRANT, AccessGrant
from casework.organisation.enums import SEATS, STAFF, BodyKind, Role
from casework.organisation.models import Appointment
from casework.organisation.selectors import appointments_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User

PUBLIC = "public"
"""Everybody, also without signing in."""


ADVISING = frozenset(
    {
        BodyKind.DEVELOPMENT_COUNCIL,
        BodyKind.COMMITTEE,
        BodyKind.EXECUTIVE_BOARD,
        BodyKind.MAYORS_BOARD,
        BodyKind.RAPPORTEUR,
    }
)
"""The bodies that read every case of their authority which is not secret."""


class Face(enum.Enum):
    """Which variant of title, party and text a person is shown (OSL 5:2)."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """What the rule needs to know about a case or a record."""

    authority: int
    is_secret: bool
    is_published: bool
    officer: int | None = None
    followers: frozenset[int] = field(default_factory=frozenset)
    administrations: frozenset[int] = field(default_factory=frozenset)
    service_area: int | None = None
    grants: frozenset[int] = field(default_factory=frozenset)


def audience_of(facts: AccessFacts) -> frozenset[str]:
    """The tokens that open a case or record; every one is made of primary keys.

    A secret one is open to the registrars of its authority, to its officer for as long as the
    person is an officer there, to those who follow the initiative it is about, and to those who
    were let in, and to nobody else: not to its area, not to its administration, not to readers
    (OSL 5:5; need to know).
    """
    tokens = {f"registrar:{facts.authority}"}
    tokens.update(grant_token(pk) for pk in facts.grants)
    tokens.update(person_token(pk) for pk in facts.followers)
    if facts.officer is not None:
        tokens.add(officer_token(facts.authority, facts.officer))
    if facts.is_secret:
        return frozenset(tokens)
    tokens.add(f"authority:{facts.authority}")
    tokens.add(f"council:{facts.authority}")
    tokens.update(f"administration:{pk}" for pk in facts.administrations)
    if facts.service_area:
        tokens.add(f"area:{facts.service_area}")
    if facts.is_published:
        tokens.add(PUBLIC)
    return frozenset(tokens)


def tokens_of(user: User | AnonymousUser | None) -> frozenset[str]:
    """The tokens a person holds today, from the appointments in force.

    An inactive or anonymous person holds only ``public``. Two queries, remembered on the user
    object, which lives as long as the request.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return frozenset({PUBLIC})
    remembered: frozenset[str] | None = getattr(user, "_access_tokens", None)
    if remembered is None:
        remembered = frozenset({PUBLIC, person_token(user.pk), *_appointed_tokens(user)})
        user._access_tokens = remembered
    return remembered


def face_for(tokens: frozenset[str], audience: frozenset[str]) -> Face:
    """The internal face for those whom more than publicity lets in, else the public one."""
    return Face.INTERNAL if (tokens & audience) - {PUBLIC} else Face.PUBLIC


def person_token(pk: int) -> str:
    """The token of one named person."""
    return f"person:{pk}"


def grant_token(pk: int) -> str:
    """The token of one grant, held by whom it names while it is in force."""
    return f"{GRANT}{pk}"


def is_grant(token: str) -> bool:
    """Whether a token is that of a grant: the only ones of which a person may hold many."""
    return token.startswith(GRANT)


def officer_token(authority: int, user: int) -> str:
    """The token of a case's officer, held only while the person is an officer there."""
    return f"officer:{authority}:{user}"


def _appointed_tokens(user: User) -> set[str]:
    tokens: set[str] = set()
    named = Q(user=user)
    for appointment in appointments_of(user):
        tokens |= tokens_of_appointment(appointment)
        if appointment.body_id and _sits(appointment):
            named |= Q(body=appointment.body_id)
        if authority := _authority_of(appointment):
            named |= Q(role=appointment.role, authority=authority)
    grants = AccessGrant.objects.in_force().filter(named).values_list("pk", flat=True)
    return tokens | {grant_token(pk) for pk in grants}


def _sits(appointment: Appointment) -> bool:
    """Whether the person has a seat in the body, or writes for it."""
    return appointment.role in SEATS or appointment.role == Role.SECRETARY


def _authority_of(appointment: Appointment) -> int | None:
    body = appointment.body
    return appointment.authority_id or (body.authority_id if body else None)


def tokens_of_appointment(appointment: Appointment) -> set[str]:
    """What one appointment opens to its holder; the grants that name them come on top."""
    tokens: set[str] = set()
    body = appointment.body
    if appointment.administration_id:
        tokens.add(f"administration:{appointment.administration_id}")
    authority = _authority_of(appointment)
    if authority and appointment.role in STAFF:
        tokens.add(f"authority:{authority}")
    if authority and appointment.role == Role.REGISTRAR:
        tokens.add(f"registrar:{authority}")
    if authority and appointment.role == Role.OFFICER:
        tokens.add(officer_token(authority, appointment.user_id))
    if body and _sits(appointment):
        if body.service_area_id:
            tokens.add(f"area:{body.service_area_id}")
        if body.kind in ADVISING:
            tokens.add(f"council:{authority}")
    return tokens
