# SPDX-License-Identifier: EUPL-1.2
"""The committee, the city-wide proposal, the recommendation, the decision and what follows."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives.models import Initiative
from casework.journal.services import log
from casework.organisation.enums import BodyKind, Expertise, Role
from casework.organisation.models import Appointment, User
from casework.process import events
from casework.process.enums import Occasion, Opinion
from casework.process.models import Cycle, Participation, Step
from casework.process.services.core import take_step


def hand_to_committee(initiative: Initiative, *, actor: User) -> Step:
    """Let the committee prepare an e-service (R42)."""
    return take_step(initiative.process, "hand_to_committee", actor)


def give_committee_opinion(
    initiative: Initiative,
    *,
    actor: User,
    opinion: str,
    reason: str,
    decided_on: dt.date | None = None,
) -> Step:
    """The committee's opinion on an e-service (R15)."""
    return take_step(
        initiative.process,
        "give_committee_opinion",
        actor,
        reason=reason,
        decided_on=decided_on,
        opinion=_opinion(opinion),
    )


@transaction.atomic
def note_participation(cycle: Cycle, expert: User, expertise: str, *, actor: User) -> Participation:
    """Note that an expert took part in the cycle's preparation (R24).

    Raises:
        PermissionDenied: only the executive office notes it.
        ValidationError: it is neither business nor IT expertise.
    """
    office = Appointment.objects.in_force().filter(
        user=actor, role=Role.EXECUTIVE_OFFICE, body__kind=BodyKind.EXECUTIVE_OFFICE
    )
    if not office.exists():
        raise PermissionDenied(_("Det får bara stadsledningskontoret anteckna."))
    if expertise not in (Expertise.BUSINESS, Expertise.IT):
        raise ValidationError({"expertise": _("Välj verksamhet eller IT.")})
    row, created = Participation.objects.get_or_create(
        cycle=cycle, user=expert, expertise=expertise, defaults={"noted_at": timezone.now()}
    )
    if created:
        log(
            events.PARTICIPATION_NOTED,
            row,
            actor=actor,
            after={"cycle": cycle.budget_year, "user": expert.pk, "expertise": str(expertise)},
        )
    return row


def merge(initiative: Initiative, *, actor: User, reason: str = "") -> Step:
    """Put it into the city-wide proposal (R34); prioritisation calls it for each."""
    return take_step(initiative.process, "merge", actor, reason=reason)


def recommend(
    initiative: Initiative,
    *,
    actor: User,
    opinion: str,
    reason: str,
    decided_on: dt.date | None = None,
) -> Step:
    """The council's recommendation to the city's leadership, for or against (R12, R36)."""
    return take_step(
        initiative.process,
        "recommend",
        actor,
        reason=reason,
        decided_on=decided_on,
        opinion=_opinion(opinion),
    )


def approve(
    initiative: Initiative,
    *,
    actor: User,
    occasion: str,
    reference: str,
    decided_on: dt.date,
    amount_tkr: int | None = None,
    reason: str = "",
) -> Step:
    """Record that kommunfullmäktige gave it room, with the reference (R37, R38, R63).

    Args:
        occasion: the budget or interim report 1 or 2.
        reference: of the decision, such as "KF 2026-11-23 § 12".
        amount_tkr: the budget line, in thousands of kronor.
    """
    return take_step(
        initiative.process,
        "approve",
        actor,
        reason=reason,
        decided_on=decided_on,
        occasion=_occasion(occasion),
        reference=_reference(reference),
        amount_tkr=amount_tkr,
    )


def decline(
    initiative: Initiative,
    *,
    actor: User,
    occasion: str,
    reference: str,
    decided_on: dt.date,
    reason: str,
) -> Step:
    """Record that kommunfullmäktige did not give it room, with the reference and the reason."""
    return take_step(
        initiative.process,
        "decline",
        actor,
        reason=reason,
        decided_on=decided_on,
        occasion=_occasion(occasion),
        reference=_reference(reference),
    )


def start_implementation(initiative: Initiative, *, actor: User, reason: str = "") -> Step:
    """The work begins (R40)."""
    return take_step(initiative.process, "start_implementation", actor, reason=reason)


def finish_implementation(initiative: Initiative, *, actor: User, reason: str = "") -> Step:
    """The work is done (R40)."""
    return take_step(initiative.process, "finish_implementation", actor, reason=reason)


def _opinion(value: str) -> str:
    if value not in Opinion.values:
        raise ValidationError({"opinion": _("Välj om det förordas eller inte.")})
    return value


def _occasion(value: str) -> str:
    if value not in Occasion.values:
        raise ValidationError({"occasion": _("Välj budget eller tertialrapport.")})
    return value


def _reference(value: str) -> str:
    if not value.strip():
        raise ValidationError(
            {"reference": _("Ange var beslutet står, till exempel ”KF 2026-11-23 § 12”.")}
        )
    return value.strip()
