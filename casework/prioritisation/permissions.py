# SPDX-License-Identifier: EUPL-1.2
"""Who may read and who may work on the lists of a round."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import User
from casework.organisation.selectors import appointments_of
from casework.planning.models import RoundArea
from casework.process.mandates import ROLES_OF, seat_in
from casework.process.specs import Mandate

OFFICE_ROLES = frozenset({Role.EXECUTIVE_OFFICE, Role.CITY_MANAGER})
DECIDING_KINDS = frozenset(
    {
        BodyKind.DEVELOPMENT_COUNCIL,
        BodyKind.COMMITTEE,
        BodyKind.EXECUTIVE_BOARD,
        BodyKind.MAYORS_BOARD,
        BodyKind.RAPPORTEUR,
        BodyKind.CITY_COUNCIL,
    }
)
"""The bodies that read the whole proposal (R35, R68, R69)."""


def may_order_area(user: User, area: RoundArea) -> bool:
    """Whether the person works on an area's list: the group of the area in that round."""
    return seat_in(area.group, user, Mandate.GROUP) is not None


def may_reopen_area(user: User, area: RoundArea) -> bool:
    """Whether the person opens a fixed list again: the group's chair."""
    return seat_in(area.group, user, Mandate.GROUP_CHAIR) is not None


def may_read_area(user: User, area: RoundArea) -> bool:
    """Whether the person reads an area's list: its group, and the executive office (R22)."""
    return may_order_area(user, area) or is_office(user)


def is_office(user: User) -> bool:
    """Whether the person works at stadsledningskontoret (R22)."""
    return any(
        row.role in OFFICE_ROLES
        and row.body is not None
        and row.body.kind == BodyKind.EXECUTIVE_OFFICE
        and row.body.is_in_force()
        for row in appointments_of(user)
    )


def sits_in_council(user: User) -> bool:
    """Whether the person sits in utvecklingsrådet or writes for it."""
    return _sits_in(user, BodyKind.DEVELOPMENT_COUNCIL, Mandate.COUNCIL)


def writes_for_city_council(user: User) -> bool:
    """Whether the person is kommunfullmäktige's secretary or chair (R7)."""
    return _sits_in(user, BodyKind.CITY_COUNCIL, Mandate.CITY_COUNCIL)


def may_read_proposal(user: User) -> bool:
    """Whether the person reads the city-wide proposal: the office and the deciding bodies."""
    return is_office(user) or any(
        row.body is not None and row.body.kind in DECIDING_KINDS and row.body.is_in_force()
        for row in appointments_of(user)
    )


def require(allowed: bool, who: str) -> None:
    """Raise PermissionDenied saying who may, unless it is allowed."""
    if not allowed:
        raise PermissionDenied(_("Det får bara %(who)s göra.") % {"who": who})


def _sits_in(user: User, kind: str, mandate: Mandate) -> bool:
    return any(
        row.role in ROLES_OF[mandate]
        and row.body is not None
        and row.body.kind == kind
        and row.body.is_in_force()
        for row in appointments_of(user)
    )
