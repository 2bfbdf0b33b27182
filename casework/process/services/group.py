# SPDX-License-Identifier: EUPL-1.2
"""The service-area group's decisions on one initiative: three outcomes in step one (R31, R32)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives import services as initiatives
from casework.initiatives.enums import Freeze
from casework.initiatives.models import Initiative
from casework.meetings.models import Decision
from casework.organisation.models import User
from casework.planning.models import Round
from casework.process import mandates
from casework.process.models import Candidacy, Process, Step
from casework.process.services.core import Act, take_step
from casework.process.services.deferral import defer_by


@transaction.atomic
def admit(
    *,
    initiative: Initiative,
    actor: User,
    act: Act | None = None,
    reason: str = "",
    decision: Decision | None = None,
) -> Step:
    """Tas med i områdets prioritering (R31)."""
    step = take_step(
        process=initiative.process,
        name="admit",
        actor=actor,
        act=act,
        reason=reason,
        decision=decision,
    )
    _candidacy_of(step).update(admitted_at=timezone.now())
    return step


@transaction.atomic
def request_completion(
    *,
    initiative: Initiative,
    actor: User,
    questions: str,
    due: dt.date,
    act: Act | None = None,
    decision: Decision | None = None,
) -> Step:
    """Behöver kompletteras: the contact person gets the group's questions and a date (R31, R32).

    Raises:
        PermissionDenied: the person does not decide for the group.
        ValidationError: there is no question, or the date has passed.
    """
    mandates.require(initiative.process, "request_completion", actor)
    if not questions.strip():
        raise ValidationError({"questions": _("Skriv vad som behöver kompletteras.")})
    if due <= timezone.localdate():
        raise ValidationError({"due": _("Ange en dag som ligger framåt.")})
    # Before the step, which tells people of them; what refuses it takes them back.
    standing = Process.objects.filter(initiative=initiative).values("candidacy")
    Candidacy.objects.filter(pk__in=standing).update(questions=questions.strip(), due=due)
    return take_step(
        process=initiative.process,
        name="request_completion",
        actor=actor,
        act=act,
        reason=questions,
        decision=decision,
    )


def reject(
    *,
    initiative: Initiative,
    actor: User,
    reason: str,
    act: Act | None = None,
    decision: Decision | None = None,
) -> Step:
    """Avslås (R31)."""
    return take_step(
        process=initiative.process,
        name="reject",
        actor=actor,
        act=act,
        reason=reason,
        decision=decision,
    )


@transaction.atomic
def complete(*, initiative: Initiative, actor: User, reason: str) -> Step:
    """The contact person answers the group's questions; it returns to step one (R32).

    Also when the area's list was fixed meanwhile: then the chair reopens it, or the group lets
    the initiative stand in a later round.
    """
    step = take_step(process=initiative.process, name="complete", actor=actor, reason=reason)
    initiatives.freeze(initiative=initiative, occasion=Freeze.COMPLETION, actor=actor)
    return step


def defer(
    *,
    initiative: Initiative,
    actor: User,
    reason: str,
    target: Round | None = None,
    act: Act | None = None,
    decision: Decision | None = None,
) -> Step:
    """Let it wait for a later round, with its history."""
    return defer_by(
        name="defer",
        initiative=initiative,
        actor=actor,
        reason=reason,
        target=target,
        act=act,
        decision=decision,
    )


def _candidacy_of(step: Step) -> QuerySet[Candidacy]:
    assert step.candidacy_id is not None
    return Candidacy.objects.filter(pk=step.candidacy_id)
