# SPDX-License-Identifier: EUPL-1.2
"""Who may do what beside the transitions, whose mandates stand in their specs."""

from __future__ import annotations

from casework.organisation.enums import COMMITTEE_SEATS, BodyKind, Role
from casework.organisation.models import User
from casework.organisation.selectors import appointments_of
from casework.process import mandates
from casework.process.models import Process
from casework.process.specs import Mandate


def may_report(process: Process, user: User) -> bool:
    """Whether the person reports on it: the officer, or the förvaltning's contact person."""
    case = process.initiative.case
    if case is None or not case.is_open_to(user):
        return False
    return reporting_mandate(process, user) is not None


def may_save_programme(user: User) -> bool:
    """Whether the person writes the programme: who sits in the committee, or its secretary."""
    return any(
        row.role in COMMITTEE_SEATS
        or (
            row.role == Role.SECRETARY
            and row.body is not None
            and row.body.kind == BodyKind.COMMITTEE
        )
        for row in appointments_of(user)
    )


def reporting_mandate(process: Process, user: User) -> str | None:
    """By which mandate the person reports on it, in words; None when by none."""
    for mandate in (Mandate.OFFICER, Mandate.LIAISON):
        row = mandates.holder(process, mandate, user)
        if row is not None:
            return f"{row.get_role_display()}, {row.scope}"
    return None
