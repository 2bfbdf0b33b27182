# SPDX-License-Identifier: EUPL-1.2
"""Who looks after a case."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Unit, User
from casework.register import events
from casework.register.models import Case
from casework.register.obstacles import require_live
from casework.register.permissions import require_look_after
from casework.register.services.changes import save_change
from casework.register.services.corrections import require_reason
from casework.register.signals import assigned


@transaction.atomic
def assign_officer(*, case: Case, officer: User, actor: User | None, note: str = "") -> None:
    """Give the case to an officer of its authority, who is told of it.

    Args:
        note: a line to the officer; it stands in the journal and in their list, not in a mail.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the person is not an officer there, or the case is void or joined.
    """
    require_look_after(actor, case)
    require_live(case)
    _require_officer(case, officer)
    case.officer = officer
    if officer.unit_id is not None:
        case.unit = officer.unit
    save_change(
        case=case,
        actor=actor,
        event=events.OFFICER_ASSIGNED,
        fields=["officer", "unit"],
        after={"name": str(officer)},
        reason=note.strip(),
    )
    assigned.send(sender=Case, case=case, actor=actor)


@transaction.atomic
def assign_unit(*, case: Case, unit: Unit, actor: User | None, note: str = "") -> None:
    """Give the case to a unit of its authority: it waits with all there until one takes it.

    Args:
        note: a line to the unit, as for :func:`assign_officer`.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the unit is another authority's, or there is none any longer, or the case
            is void or joined.
    """
    require_look_after(actor, case)
    require_live(case)
    if unit.authority_id != case.authority_id or not unit.is_in_force():
        raise ValidationError({"unit": _("Välj en enhet hos ärendets myndighet.")}, code="unit")
    case.officer, case.unit = None, unit
    save_change(
        case=case,
        actor=actor,
        event=events.UNIT_ASSIGNED,
        fields=["officer", "unit"],
        after={"name": unit.name},
        reason=note.strip(),
    )
    assigned.send(sender=Case, case=case, actor=actor)


@transaction.atomic
def take_back_assignment(
    *, case: Case, officer: User | None, unit: Unit | None, actor: User | None, reason: str
) -> None:
    """Let the case lie where it lay before it was given away, which may be with nobody.

    Who gets it back is told of it; who had it for a while finds it gone from their list.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the officer or the unit is not there any longer, the reason is missing,
            or the case is void or joined.
    """
    require_look_after(actor, case)
    require_live(case)
    require_reason(reason)
    if officer is not None:
        _require_officer(case, officer)
    if unit is not None and not unit.is_in_force():
        raise ValidationError({"unit": _("Enheten finns inte längre.")}, code="unit")
    case.officer, case.unit = officer, unit
    name = str(officer or unit or "")
    save_change(
        case=case,
        actor=actor,
        event=events.ASSIGNMENT_TAKEN_BACK if name else events.ASSIGNMENT_ENDED,
        fields=["officer", "unit"],
        after={"name": name} if name else None,
        reason=reason.strip(),
    )
    if name:
        assigned.send(sender=Case, case=case, actor=actor)


def _require_officer(case: Case, officer: User) -> None:
    may = Appointment.objects.in_force().filter(
        user=officer, role=Role.OFFICER, authority=case.authority
    )
    if not may.exists():
        raise ValidationError(
            {"officer": _("Personen är inte handläggare hos myndigheten.")}, code="officer"
        )


@transaction.atomic
def set_due(*, case: Case, due_on: dt.date | None, actor: User | None) -> None:
    """Say by which day the case should be answered; None means that no day is set.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the case is void or joined.
    """
    require_look_after(actor, case)
    require_live(case)
    case.due_on = due_on
    save_change(case=case, actor=actor, event=events.DUE_SET, fields=["due_on"])
