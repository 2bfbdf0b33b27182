# SPDX-License-Identifier: EUPL-1.2
"""The officer's part: scope (R1–R6), preparation (R29), postponing, and the work afterwards."""

from __future__ import annotations

from django.db import transaction

from casework.initiatives import services as initiatives
from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.planning.models import Round
from casework.process.models import Step
from casework.process.services.core import take_step
from casework.process.services.deferral import defer_by


@transaction.atomic
def accept_scope(*, initiative: Initiative, actor: User, ground: str, reason: str = "") -> Step:
    """The model covers it, on the ground of R2 or R3."""
    step = take_step(process=initiative.process, name="accept_scope", actor=actor, reason=reason)
    initiatives.note_scope(initiative=initiative, reason=ground, inside=True, actor=actor)
    return step


@transaction.atomic
def exclude_scope(*, initiative: Initiative, actor: User, ground: str, reason: str) -> Step:
    """The model does not cover it: an explicit outcome with a reason (R4).

    Raises:
        ValidationError: the reason is missing, or the ground points the other way.
    """
    step = take_step(process=initiative.process, name="exclude_scope", actor=actor, reason=reason)
    initiatives.note_scope(initiative=initiative, reason=ground, inside=False, actor=actor)
    return step


def hand_to_group(*, initiative: Initiative, actor: User) -> Step:
    """Prepared on all sides: the area's group takes over (R29, R30)."""
    return take_step(process=initiative.process, name="hand_to_group", actor=actor)


def postpone(
    *, initiative: Initiative, actor: User, reason: str, target: Round | None = None
) -> Step:
    """Let it wait for a later round, before the group has it."""
    return defer_by(
        name="postpone", initiative=initiative, actor=actor, reason=reason, target=target
    )


def start_implementation(*, initiative: Initiative, actor: User, reason: str = "") -> Step:
    """The work begins (R40)."""
    return take_step(
        process=initiative.process, name="start_implementation", actor=actor, reason=reason
    )


def finish_implementation(*, initiative: Initiative, actor: User, reason: str = "") -> Step:
    """The work is done (R40)."""
    return take_step(
        process=initiative.process, name="finish_implementation", actor=actor, reason=reason
    )
