# SPDX-License-Identifier: EUPL-1.2
"""The officer's part: scope (R1–R6), preparation (R29), postponing, and the work afterwards."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casework.initiatives import services as initiatives
from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.planning.models import Round
from casework.process.models import Step
from casework.process.services.core import take_step
from casework.process.services.deferral import defer_by
from casework.process.services.rounds import join_round_for
from casework.register.services import set_outcome


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


@transaction.atomic
def reconsider_scope(*, initiative: Initiative, actor: User, ground: str, reason: str) -> Step:
    """Find that the model covers it after all; it is prepared, for the round that is open (R4).

    Raises:
        PermissionDenied: the same person decided that it was outside.
        ImpossibleTransition: it has been reconsidered before.
        ValidationError: the reason is missing, or the ground points the other way.
    """
    _require_another(initiative, actor)
    step = take_step(
        process=initiative.process, name="reconsider_scope", actor=actor, reason=reason
    )
    initiatives.note_scope(initiative=initiative, reason=ground, inside=True, actor=actor)
    assert initiative.case is not None  # only a registered one was outside
    set_outcome(case=initiative.case, outcome=None, decided_on=None, actor=actor)
    join_round_for(process=initiative.process, day=initiative.case.received_date, actor=actor)
    return step


@transaction.atomic
def uphold_scope(*, initiative: Initiative, actor: User, reason: str) -> Step:
    """Find that it was right to leave it outside (R4).

    Raises:
        PermissionDenied: the same person decided that it was outside.
        ImpossibleTransition: it has been reconsidered before.
        ValidationError: the reason is missing.
    """
    _require_another(initiative, actor)
    return take_step(process=initiative.process, name="uphold_scope", actor=actor, reason=reason)


def _require_another(initiative: Initiative, actor: User) -> None:
    """Let nobody reconsider their own decision."""
    decided = initiative.steps.filter(transition="exclude_scope").order_by("-pk").first()
    if decided is not None and decided.actor_id == actor.pk:
        raise PermissionDenied(_("Omprövningen görs av någon annan än den som beslutade."))


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
