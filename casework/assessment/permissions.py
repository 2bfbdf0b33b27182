# SPDX-License-Identifier: EUPL-1.2
"""Who judges, who opens, and who reads what was opened (R18, R19)."""

from __future__ import annotations

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.planning.models import RoundArea
from casework.process.mandates import seat_in
from casework.process.specs import Mandate

JUDGES = frozenset({Role.GROUP_CHAIR, Role.GROUP_MEMBER})


def may_judge(user: User, area: RoundArea) -> bool:
    """Whether the person judges what the area ranks: the group's members, not its secretary."""
    seat = seat_in(area.group, user, Mandate.GROUP)
    return seat is not None and seat.role in JUDGES


def may_open(user: User, area: RoundArea) -> bool:
    """Whether the person opens the sealed judgements: the group's chair."""
    return seat_in(area.group, user, Mandate.GROUP_CHAIR) is not None


def may_read_opened(user: User, area: RoundArea) -> bool:
    """Whether the person reads what was opened, and writes what was agreed: the group."""
    return seat_in(area.group, user, Mandate.GROUP) is not None
