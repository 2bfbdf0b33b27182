# SPDX-License-Identifier: EUPL-1.2
"""The one way to take a step; every transition's service ends here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from casework.initiatives.models import Initiative
from casework.journal.services import log
from casework.organisation.models import User
from casework.process import conditions, events, mandates
from casework.process.catalogue import OUTCOMES, TRANSITIONS
from casework.process.enums import DECIDED_STAGES, FINAL_STAGES
from casework.process.models import Process, Step
from casework.process.signals import moved
from casework.register.models import Case
from casework.register.services import save_change
from casework.register.services.public_events import note_public_event


class ImpossibleTransition(ValidationError):
    """The initiative is not where the decision needs it to be; the message says why."""


@transaction.atomic
def take_step(
    process: Process,
    name: str,
    actor: User,
    *,
    reason: str = "",
    decided_on: dt.date | None = None,
    **details: Any,
) -> Step:
    """Take one transition as a named person's decision, all of it or nothing.

    Args:
        process: of the initiative; it is read again under a lock.
        name: of the transition in :data:`casework.process.catalogue.TRANSITIONS`.
        decided_on: the day of the decision, today unless told; not in the future.
        details: further fields of :class:`Step`: opinion, occasion, reference, amount_tkr.

    Raises:
        PermissionDenied: the person has no mandate for it.
        ImpossibleTransition: the stage or a condition forbids it, or somebody was first.
        ValidationError: the reason is missing or the date lies ahead.
    """
    rule = TRANSITIONS[name]
    locked = (
        Process.objects.select_for_update(of=("self",))
        .select_related("initiative__case__entry__series", "initiative__case__authority", "cycle")
        .get(pk=process.pk)
    )
    mandate, body = mandates.require(locked, name, actor)
    today = timezone.localdate()
    if rule.needs_reason and not reason.strip():
        raise ValidationError({"reason": _("Skriv skälet. Det visas för förslagsställaren.")})
    if decided_on and decided_on > today:
        raise ValidationError({"decided_on": _("Beslutsdatumet ligger i framtiden.")})
    _check_possible(locked, name)
    from_stage = locked.stage
    try:
        getattr(locked, name)()
        locked.entered_at = timezone.now()
        locked.save()
    except (TransitionNotAllowed, ConcurrentTransition) as error:
        raise ImpossibleTransition(_already(locked)) from error
    step = Step.objects.create(
        process=locked,
        transition=name,
        from_stage=from_stage,
        to_stage=locked.stage,
        actor=actor,
        body=body,
        mandate=mandate,
        decided_on=decided_on or today,
        at=timezone.now(),
        reason=reason.strip(),
        **details,
    )
    _after(locked, step)
    process.refresh_from_db()
    process.initiative.refresh_from_db()
    return step


def lock_processes(initiatives: Iterable[Initiative]) -> None:
    """Lock the processes that one transaction will move, in the order that everybody uses."""
    wanted = [initiative.pk for initiative in initiatives]
    list(
        Process.objects.select_for_update(of=("self",))
        .filter(initiative__in=wanted)
        .order_by("pk")
        .values_list("pk")
    )


def _check_possible(process: Process, name: str) -> None:
    if process.stage not in mandates.SOURCES[name]:
        raise ImpossibleTransition(_already(process))
    missing = missing_for(process, name)
    if missing:
        raise ImpossibleTransition(missing)


def missing_for(process: Process, name: str) -> list[str]:
    """What is still missing before the transition can be taken, in Swedish sentences."""
    source = getattr(Process, name)._django_fsm.transitions[process.stage]
    return [conditions.explain(test) for test in source.conditions if not test(process)]


def _already(process: Process) -> str:
    return _(
        "Det går inte i det här läget: ”%(stage)s”. Kanske hann någon före, eller så trycktes "
        "knappen två gånger. Ladda om sidan och se vad som gäller."
    ) % {"stage": process.get_stage_display()}


def _after(process: Process, step: Step) -> None:
    initiative = process.initiative
    case = initiative.case
    log(
        events.STEPS[step.transition],
        process,
        actor=step.actor,
        about=initiative,
        before={"stage": step.from_stage},
        after={
            "stage": step.to_stage,
            "mandate": step.mandate,
            "decided_on": step.decided_on.isoformat(),
        },
        reason=step.reason,
    )
    if case:
        fields = []
        if step.to_stage in OUTCOMES:
            case.outcome = OUTCOMES[step.to_stage]
            fields.append("outcome")
        if step.to_stage in DECIDED_STAGES:
            case.decided_on = step.decided_on
            fields.append("decided_on")
        if step.to_stage in FINAL_STAGES:
            case.closed_at = timezone.now()
            fields.append("closed_at")
        if TRANSITIONS[step.transition].is_public:
            _tell_the_public(case, process, step)
        save_change(case, fields)
    moved.send(sender=Process, step=step)


def _tell_the_public(case: Case, process: Process, step: Step) -> None:
    """What the public page tells of the step: the deciding body, never a person (OSL 5:2)."""
    note_public_event(
        case=case,
        key=step.transition,
        stage=step.to_stage,
        from_stage=step.from_stage,
        body=step.body,
        day=step.decided_on,
        reason=step.reason if step.body else "",
        opinion=step.opinion,
        amount_tkr=step.amount_tkr,
        occasion=step.occasion,
        budget_year=process.cycle.budget_year if process.cycle else None,
        reference=step.reference,
    )
