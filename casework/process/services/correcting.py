# SPDX-License-Identifier: EUPL-1.2
"""Moving a step to its decision's corrected day, and with it what is told of that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings.models import Decision
from casework.organisation.models import User
from casework.process import events
from casework.process.models import Step
from casework.process.services.core import lock_processes
from casework.process.transitions import ways
from casework.register.enums import Outcome
from casework.register.services import move_public_event, set_outcome


def move_steps(*, decisions: Sequence[Decision], before: dt.date, actor: User, reason: str) -> None:
    """Let every step that hangs on the decisions of an act lie on their day.

    Called in the correction, which asked for the right. The public event and, where the step
    settled the case, the case's day of decision follow.

    Raises:
        ValidationError: the day lies before the step before it, or after the step after it.
    """
    hanging = Step.objects.filter(decision__in=decisions).order_by("pk")
    steps = list(hanging.select_related("initiative__case", "decision"))
    lock_processes(step.initiative for step in steps)
    for step in steps:
        assert step.decision is not None  # it was found by it
        day = step.decision.day
        assert day is not None  # a correction gives one
        _check_order(step, day, decisions)
        Step.objects.filter(pk=step.pk).update(decided_on=day)
        step.decided_on = day
        log(
            events.DAY_CORRECTED,
            step,
            actor=actor,
            about=step.initiative,
            before={"decided_on": before.isoformat()},
            after={"decided_on": day.isoformat()},
            reason=reason,
            rows=digests_of(step),
        )
        case = step.initiative.case
        if case is None:
            continue
        move_public_event(case=case, source=step.source, day=day, actor=actor, reason=reason)
        if step.pk == _settling(step):
            set_outcome(case=case, outcome=Outcome(case.outcome), decided_on=day, actor=actor)


def _check_order(step: Step, day: dt.date, moved: Sequence[Decision]) -> None:
    """A decision lies between the steps around it, and not before the matter came in.

    Those that are moved to the same day with it stand in no one's way.
    """
    together = Q(decision__in=moved)
    others = Step.objects.filter(initiative=step.initiative_id).exclude(together)
    earlier = others.filter(pk__lt=step.pk).order_by("-pk").first()
    later = others.filter(pk__gt=step.pk).order_by("pk").first()
    case = step.initiative.case
    days = [earlier.decided_on if earlier else None, case.received_date if case else None]
    first = max([found for found in days if found], default=day)
    if day < first:
        raise ValidationError(
            {
                "day": _("Beslutsdagen kan inte vara före den %(day)s, då steget innan togs.")
                % {"day": first.isoformat()}
            }
        )
    if later is not None and day > later.decided_on:
        raise ValidationError(
            {
                "day": _("Beslutsdagen kan inte vara efter den %(day)s, då nästa steg togs.")
                % {"day": later.decided_on.isoformat()}
            }
        )


def _settling(step: Step) -> int | None:
    """The step whose day is the case's day of decision: the last that gave an outcome."""
    settling = [
        name for name, way in ways().items() if way.spec.outcome not in {None, Outcome.IMPLEMENTED}
    ]
    rows = Step.objects.filter(initiative=step.initiative_id, transition__in=settling)
    return rows.order_by("-pk").values_list("pk", flat=True).first()
