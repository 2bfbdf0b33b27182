# SPDX-License-Identifier: EUPL-1.2
"""The one way to take a step; every transition's service ends here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from casework.initiatives.models import Initiative
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings.models import Decision, Meeting
from casework.meetings.services import record_decision
from casework.organisation.models import Body, User
from casework.process import conditions, events, mandates
from casework.process.enums import stage_words
from casework.process.machine import Machine, edges_of, ways_of
from casework.process.models import Candidacy, Process, Step
from casework.process.signals import moved
from casework.process.transitions import machine_of, spec_of, ways
from casework.register.enums import Outcome
from casework.register.models import Case
from casework.register.obstacles import require_live
from casework.register.services import note_public_event, set_outcome, write_text


class ImpossibleTransition(ValidationError):
    """The initiative is not where the decision needs it to be; the message says why."""


@dataclass(frozen=True, slots=True)
class Act:
    """How a body decided: in a meeting, or by delegation with its reference; and on which day.

    ``day`` is today unless told, for a meeting the meeting's day. ``over`` is the outcome that
    somebody else has noted in the meeting, when the body decides otherwise.
    """

    meeting: Meeting | None = None
    delegation: str = ""
    day: dt.date | None = None
    paragraph: str = ""
    over: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What a step says beside its reason."""

    opinion: str = ""
    occasion: str = ""
    budget_year: int | None = None
    reference: str = ""
    amount_tkr: int | None = None


@dataclass(slots=True)
class _Taken:
    """A step on its way: what was locked, checked and is to be written."""

    process: Process
    row: Machine
    mandate: str
    body: Body | None
    candidacy: Candidacy | None
    decision: Decision | None = None
    life_before: str = ""
    changes: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def take_step(
    *,
    process: Process,
    name: str,
    actor: User,
    reason: str = "",
    act: Act | None = None,
    decision: Decision | None = None,
    details: Details | None = None,
) -> Step:
    """Take one transition as a named person's decision, all of it or nothing.

    Args:
        process: of the initiative; it is read again under a lock.
        name: of the transition; see :func:`casework.process.transitions.ways`.
        act: how the body decided, where a body decides; see :class:`Act`.
        decision: the body's decision when it was recorded already, for many cases in one act.

    Raises:
        PermissionDenied: the person has no mandate for it.
        ImpossibleTransition: the stage or a condition forbids it, or somebody was first.
        ValidationError: the reason is missing, the body could not decide so, or the case is void or
            joined into another.
    """
    spec = spec_of(name)
    locked = _locked(process)
    mandate, body = mandates.require(locked, name, actor)
    if spec.needs_reason and not reason.strip():
        raise ValidationError({"reason": _("Skriv skälet. Det visas för förslagsställaren.")})
    if locked.initiative.case is not None:
        require_live(locked.initiative.case)
    row = machine_of(locked, name)
    if row is None or not ways()[name].leads_from(row.stage):
        raise ImpossibleTransition(_already(locked, name))
    if missing := missing_for(locked, name):
        raise ImpossibleTransition(missing)
    taken = _Taken(
        locked, row, mandate, body, locked.live_candidacy, decision, life_before=locked.stage
    )
    if spec.is_body_decision:
        _decide(taken, name, actor, act, reason, details or Details())
    from_stage = row.stage
    _move(taken, name)
    step = _write(taken, name, from_stage, actor, reason, details or Details())
    _tell(taken, step, from_stage)
    process.refresh_from_db()
    process.initiative.refresh_from_db()
    return step


def missing_for(process: Process, name: str) -> list[str]:
    """What is still missing before the transition can be taken, in Swedish sentences."""
    row = machine_of(process, name)
    if row is None:
        return []
    return [conditions.explain(test) for test in ways()[name].conditions if not test(row)]


def lock_processes(initiatives: Iterable[Initiative]) -> None:
    """Lock the processes that one transaction will move, in the order that everybody uses."""
    wanted = [initiative.pk for initiative in initiatives]
    list(
        Process.objects.select_for_update(of=("self",))
        .filter(initiative__in=wanted)
        .order_by("pk")
        .values_list("pk")
    )


def earliest_day(process: Process) -> dt.date | None:
    """The day before which the next decision cannot lie: that of the step before it."""
    days = Step.objects.filter(initiative=process.initiative_id).order_by("-pk")
    last = days.values_list("decided_on", flat=True).first()
    case = process.initiative.case
    received = case.received_date if case else None
    return max([day for day in (last, received) if day], default=None)


def _locked(process: Process) -> Process:
    return (
        Process.objects.select_for_update(of=("self",))
        .select_related(
            "initiative__case__entry__series",
            "initiative__case__authority",
            "initiative__case__officer",
            "initiative__administration",
            "initiative__service_area",
            "initiative__originator",
            "candidacy__round__cycle",
        )
        .get(pk=process.pk)
    )


def _decide(
    taken: _Taken, name: str, actor: User, act: Act | None, reason: str, details: Details
) -> None:
    """Hang the step on a decision of its body, in a meeting or by delegation."""
    if taken.decision is not None:
        return
    case = taken.process.initiative.case
    assert case is not None  # only registered initiatives stand in a round
    body = mandates.body_for(
        spec_of(name).mandate, taken.process.initiative, taken.process.live_candidacy
    )
    assert body is not None  # the mandate came from it
    act = act or Act()
    (taken.decision,) = record_decision(
        cases=[case],
        body=body,
        actor=actor,
        meeting=act.meeting,
        delegation=act.delegation,
        day=act.day,
        paragraph=act.paragraph,
        points=[point_of(name, details.opinion, details.occasion)],
        reason=reason,
        not_before=earliest_day(taken.process),
        outcome=name,
        over=act.over,
    )


def point_of(name: str, *codes: str) -> str:
    """The decision point that a transition makes, with these codes (opinion, occasion)."""
    return _("Initiativet %(told)s.") % {"told": spec_of(name).told_as(*codes)}


def _move(taken: _Taken, name: str) -> None:
    """Move the row's machine, and the other one where the spec lets it follow."""
    spec, row, process = spec_of(name), taken.row, taken.process
    other: Machine | None = process.live_candidacy if row is process else process
    try:
        getattr(row, name)()
        row.entered_at = timezone.now()
        row.save()
        if spec.carries and other is not None and _can(other, spec.carries):
            getattr(other, spec.carries)()
            other.entered_at = timezone.now()
            other.save()
    except (TransitionNotAllowed, ConcurrentTransition) as error:
        raise ImpossibleTransition(_already(process, name)) from error


def _can(row: Machine, name: str) -> bool:
    return any(e.name == name and str(e.source) == row.stage for e in edges_of(type(row)))


def _write(
    taken: _Taken, name: str, from_stage: str, actor: User, reason: str, details: Details
) -> Step:
    process, row, decision = taken.process, taken.row, taken.decision
    candidacy = taken.candidacy
    step = Step.objects.create(
        initiative=process.initiative,
        candidacy=candidacy,
        transition=name,
        from_stage=from_stage,
        to_stage=row.stage,
        life_to=process.stage,
        actor=actor,
        body=decision.body if decision else taken.body,
        decision=decision,
        mandate=taken.mandate,
        decided_on=decision.day if decision and decision.day else timezone.localdate(),
        at=timezone.now(),
        reason=reason.strip(),
        opinion=details.opinion,
        occasion=details.occasion,
        budget_year=details.budget_year,
        reference=details.reference,
        amount_tkr=details.amount_tkr,
    )
    said = {name: value for name, value in asdict(details).items() if value}
    log(
        events.EVENTS[name],
        process,
        actor=actor,
        about=process.initiative,
        before={"stage": from_stage},
        after={
            "stage": step.to_stage,
            "life": step.life_to,
            "round": candidacy.round.slug if candidacy else "",
            "mandate": step.mandate,
            "decision": step.decision_id,
            "decided_on": step.decided_on.isoformat(),
            **said,
        },
        reason=step.reason,
        rows=digests_of(step),
    )
    return step


def _tell(taken: _Taken, step: Step, from_stage: str) -> None:
    """Let the case follow: outcome, public event, searchable reason; then tell the rooms above."""
    case = taken.process.initiative.case
    if case is not None:
        _case_follows(taken, step, case)
        spec = spec_of(step.transition)
        if spec.is_public:
            note_public_event(
                case=case,
                key=step.transition,
                source=step.source,
                stage=step.to_stage,
                from_stage=from_stage,
                body=step.body,
                day=step.decided_on,
                reason=step.reason if spec.is_body_decision else "",
                opinion=step.opinion,
                amount_tkr=step.amount_tkr,
                occasion=step.occasion,
                budget_year=step.budget_year,
                reference=step.reference,
                actor=step.actor,
            )
        if step.reason:
            write_text(
                case=case,
                kind="reason",
                key=step.source,
                text=step.reason,
                is_public=spec.is_public and spec.is_body_decision,
            )
    # Heard by feedback, which writes the notices (R39).
    moved.send(sender=Process, step=step)


def _case_follows(taken: _Taken, step: Step, case: Case) -> None:
    """Set the outcome when the step settles the initiative, or gives a settled one money.

    The case stays open: a person closes it.
    """
    outcome = spec_of(step.transition).outcome_on(step.occasion)
    settled = taken.life_before != taken.process.stage
    if outcome is None or not (settled or outcome in {Outcome.APPROVED, Outcome.APPROVED_IN_PART}):
        return
    decided_on = case.decided_on if outcome is Outcome.IMPLEMENTED else step.decided_on
    set_outcome(case=case, outcome=outcome, decided_on=decided_on, actor=step.actor)


def _already(process: Process, name: str) -> str:
    candidacy = process.candidacy
    stage = process.position
    if name in ways_of(Candidacy) and candidacy is not None:
        stage = candidacy.stage
    return _(
        "Det går inte i det här läget: ”%(stage)s”. Kanske hann någon före, eller så trycktes "
        "knappen två gånger. Ladda om sidan och se vad som gäller."
    ) % {"stage": stage_words(stage)}
