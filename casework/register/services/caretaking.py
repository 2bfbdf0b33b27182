# SPDX-License-Identifier: EUPL-1.2
"""Who looks after a case, who else may see it, what it hangs together with, and its end."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, User
from casework.register import events
from casework.register.models import Case, CaseGrant, CaseLink
from casework.register.numbers import parse_lenient
from casework.register.services.amendments import require_reason
from casework.register.services.state import save_change


@transaction.atomic
def assign_officer(case: Case, officer: User, *, actor: User) -> None:
    """Give the case to an officer of its authority.

    Raises:
        ValidationError: the person is not an officer there.
    """
    may = Appointment.objects.in_force().filter(
        user=officer, role=Role.OFFICER, authority=case.authority
    )
    if not may.exists():
        raise ValidationError(
            {"officer": _("Personen är inte handläggare hos myndigheten.")}, code="officer"
        )
    before = {"officer": case.officer_id}
    case.officer = officer
    log(
        events.OFFICER_ASSIGNED,
        case,
        actor=actor,
        before=before,
        after={"officer": officer.pk},
    )
    save_change(case, ["officer"])


@transaction.atomic
def grant_access(case: Case, user: User, *, reason: str, actor: User) -> CaseGrant:
    """Let a named person see the case, also when it is secret.

    Raises:
        ValidationError: the reason is missing.
    """
    require_reason(reason)
    grant, _created = CaseGrant.objects.get_or_create(
        case=case,
        user=user,
        defaults={"reason": reason, "granted_by": actor, "granted_at": timezone.now()},
    )
    log(
        events.ACCESS_GRANTED,
        case,
        actor=actor,
        after={"user": user.pk},
        reason=reason,
    )
    save_change(case)
    return grant


@transaction.atomic
def link_cases(case: Case, kind: str, number: str, *, actor: User, note: str = "") -> CaseLink:
    """Link the case to another by its number (R67); a number kept elsewhere is noted as it stands.

    Only a case that the actor may see becomes a real link, so that a link tells nobody that a
    secret case exists.

    Raises:
        ValidationError: the text is no registry number, or it is the case itself.
    """
    readings = parse_lenient(number)
    if not readings:
        raise ValidationError({"number": _("Det går inte att läsa som ett diarienummer.")})
    keys = [reading.key for reading in readings]
    target = Case.objects.visible_to(actor).filter(numbers__key__in=keys).first()
    if target == case:
        raise ValidationError({"number": _("Ett ärende kan inte kopplas till sig självt.")})
    link = CaseLink.objects.create(
        case=case,
        kind=kind,
        target=target,
        target_number=target.dnr if target else number.strip(),
        note=note.strip(),
    )
    log(
        events.LINKED,
        case,
        actor=actor,
        after={"kind": kind, "number": link.target_number},
    )
    save_change(case)
    return link


@transaction.atomic
def close_case(case: Case, *, outcome: str, decided_on: dt.date | None, actor: User | None) -> None:
    """Close the case with an outcome. One statement, whatever the size of the case."""
    case.outcome = outcome
    case.decided_on = decided_on
    case.closed_at = timezone.now()
    log(
        events.CLOSED,
        case,
        actor=actor,
        after={"outcome": outcome, "decided_on": str(decided_on or "")},
    )
    save_change(case, ["outcome", "decided_on", "closed_at"])


@transaction.atomic
def reopen_case(case: Case, *, reason: str, actor: User) -> None:
    """Open a closed case again, with a reason.

    Raises:
        ValidationError: the reason is missing.
    """
    require_reason(reason)
    case.closed_at = None
    log(
        events.REOPENED,
        case,
        actor=actor,
        reason=reason,
    )
    save_change(case, ["closed_at"])
