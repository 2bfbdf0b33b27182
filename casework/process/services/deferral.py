# SPDX-License-Identifier: EUPL-1.2
"""Deferring to a later round: never into nothing, and always with the history."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.initiatives.models import Initiative
from casework.meetings.models import Decision
from casework.organisation.models import User
from casework.planning.models import Round
from casework.planning.selectors import later_rounds
from casework.process import mandates
from casework.process.models import Candidacy, Process, Step
from casework.process.services.core import Act, Details, take_step
from casework.process.services.rounds import join


@transaction.atomic
def defer_by(
    *,
    name: str,
    initiative: Initiative,
    actor: User,
    reason: str,
    target: Round | None = None,
    act: Act | None = None,
    decision: Decision | None = None,
    details: Details | None = None,
) -> Step:
    """Take a deferring transition and let the initiative stand in the later round.

    Without a target it waits for the next round that opens, which picks it up.

    Raises:
        PermissionDenied: the person has no mandate for it.
        ValidationError: the target does not decide after the present round, or is closed.
    """
    process = Process.objects.select_related("candidacy__round__cycle").get(initiative=initiative)
    mandates.require(process, name, actor)
    candidacy = process.live_candidacy
    if target is not None and candidacy is not None and target not in later_rounds(candidacy.round):
        raise ValidationError(
            {"target": _("Välj en omgång som beslutar senare och inte är stängd.")}
        )
    step = take_step(
        process=process,
        name=name,
        actor=actor,
        reason=reason,
        act=act,
        decision=decision,
        details=details,
    )
    assert step.candidacy is not None
    if target is not None:
        Candidacy.objects.filter(pk=step.candidacy.pk).update(target=target)
        process.refresh_from_db()
        join(process=process, round=target, actor=actor, predecessor=step.candidacy)
    initiative.refresh_from_db()
    return step
