# SPDX-License-Identifier: EUPL-1.2
"""The line: the stations from idea to implementation as people see them, and who has it now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from casework.planning.enums import Milestone
from casework.planning.models import Round
from casework.process import mandates
from casework.process.enums import (
    FINAL_STAGES,
    WAITING_FOR_ROUND,
    Stage,
    Standing,
    stage_words,
)
from casework.process.models import Process, Step
from casework.process.specs import Mandate
from casework.process.transitions import forward_from, spec_of

PLACE: dict[str, Milestone] = {
    Stage.DRAFT: Milestone.IDEA,
    Stage.RETURNED: Milestone.IDEA,
    Stage.WITH_LIAISON: Milestone.LIAISON,
    Stage.PREPARED: Milestone.LIAISON,
    Stage.SENT: Milestone.REGISTRATION,
    Stage.REGISTERED: Milestone.PREPARATION,
    Stage.IN_PREPARATION: Milestone.PREPARATION,
    Standing.ENTERED: Milestone.PREPARATION,
    Standing.WITH_GROUP: Milestone.ASSESSMENT,
    Standing.COMPLETION: Milestone.ASSESSMENT,
    Standing.ADMITTED: Milestone.RANKING,
    Standing.WITH_COMMITTEE: Milestone.COMMITTEE,
    Standing.RANKED: Milestone.PROPOSAL,
    Standing.COMMITTEE_DONE: Milestone.PROPOSAL,
    Standing.IN_PROPOSAL: Milestone.RECOMMENDATION,
    Standing.RECOMMENDED: Milestone.DECISION,
    Stage.APPROVED: Milestone.IMPLEMENTATION,
    Stage.IMPLEMENTING: Milestone.IMPLEMENTATION,
}
"""The station at which an initiative stands, by the code of its position."""

LOOPS = frozenset(
    {"return_to_originator", "send_back", "request_completion", "refer_back", "reopen_list"}
)
"""Transitions that lead back to an earlier station, or round in the same."""


@dataclass(slots=True)
class LineStage:
    """One station of one initiative.

    Attributes:
        state: ``done``, ``now``, ``ahead``, ``stopped`` where it ended early, or ``skipped``.
        date: when it was left, for done ones.
        decider: by which mandate it was left.
        planned: the day it is planned for, for those now and ahead.
        loops: the reasons for which it was sent back from here.
    """

    milestone: Milestone
    state: str
    date: dt.date | None = None
    decider: str = ""
    planned: dt.date | None = None
    loops: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The station's name."""
        return str(self.milestone.label)


@dataclass(frozen=True, slots=True)
class WhereAbouts:
    """Who has the initiative now and what comes next (R46, R47).

    Attributes:
        stage: the words for where it is.
        holder: who has it, in a running sentence; empty at an end.
        people: their names.
        holders: the same with the appointment by which each may decide, and until when.
        next_label: the work that comes next.
        due: the day by which it should be done, by the round's calendar or the group's date.
        round: the round in which it stands, if it does.
        waits_for_round: whether it waits for a round to open.
    """

    stage: str
    holder: str
    people: list[str]
    next_label: str
    due: dt.date | None
    is_final: bool
    round: Round | None = None
    waits_for_round: bool = False
    holders: Sequence[mandates.Holder] = ()


def milestone_of(process: Process, steps: Sequence[Step] = ()) -> Milestone | None:
    """The station at which it stands; at an end, the one that it did not pass; None when done."""
    if process.stage == Stage.IMPLEMENTED:
        return None
    if process.stage in FINAL_STAGES:
        # Withdrawing moves the life, whose stage in a round names no station: then it stood where
        # the step before had led.
        stages = [steps[-1].from_stage, *(s.to_stage for s in steps[-2::-1])] if steps else []
        return next((PLACE[stage] for stage in stages if stage in PLACE), Milestone.IDEA)
    return PLACE[process.position]


def due_of(process: Process) -> dt.date | None:
    """The day by which the next step should be taken: the one rule for list, line and head."""
    candidacy = process.live_candidacy
    if candidacy is None:
        return None
    if candidacy.stage == Standing.COMPLETION and candidacy.due:
        return candidacy.due
    milestone = milestone_of(process)
    return candidacy.round.deadline(milestone) if milestone else None


def line_of(process: Process, steps: list[Step] | None = None) -> list[LineStage]:
    """The stations of one initiative. The committee stands only in an e-service's line (R42).

    Of one that was deferred, the stations of the round tell the newest round only; the earlier
    rounds are told in its history.
    """
    steps = list(process.steps()) if steps is None else steps
    here = milestone_of(process, steps)
    order = list(Milestone)
    at = len(order) if here is None else order.index(here)
    current = process.candidacy_id
    line = []
    for index, milestone in enumerate(order):
        if milestone is Milestone.COMMITTEE and not process.initiative.is_eservice:
            continue
        stage = LineStage(milestone, _state(process, index, at))
        own = [
            step
            for step in steps
            if PLACE.get(step.from_stage) is milestone
            and (step.candidacy_id is None or step.candidacy_id == current)
        ]
        stage.loops = [step.reason for step in own if step.transition in LOOPS]
        if stage.state == "stopped" and steps:
            own = steps[-1:]
        if stage.state in {"done", "stopped"} and own:
            stage.date, stage.decider = own[-1].decided_on, own[-1].mandate
        candidacy = process.live_candidacy
        if stage.state in {"now", "ahead"} and candidacy is not None:
            stage.planned = (
                due_of(process) if stage.state == "now" else candidacy.round.deadline(milestone)
            )
        line.append(stage)
    return line


def whereabouts_of(process: Process) -> WhereAbouts:
    """Who has it now, in words and names, and what happens next."""
    candidacy = process.live_candidacy
    name = forward_from(process)
    words = stage_words(process.position)
    case = process.initiative.case
    waits = candidacy is None and process.stage in WAITING_FOR_ROUND
    if name is not None:
        spec = spec_of(name)
        mandate, next_label = spec.mandate, spec.task_words()
    elif waits and (case is None or case.is_live):
        # It is prepared and no round has it: the office, which opens the rounds, takes it in (R32).
        mandate, next_label = Mandate.EXECUTIVE_OFFICE, _("Ta in i nästa omgång")
    else:
        return WhereAbouts(words, "", [], "", None, True)
    holders = mandates.holders(process, mandate)
    return WhereAbouts(
        stage=words,
        holder=mandates.words(process, mandate),
        people=[str(row) for row in holders],
        holders=holders,
        next_label=next_label,
        due=due_of(process),
        is_final=False,
        round=candidacy.round if candidacy else None,
        waits_for_round=waits,
    )


def _state(process: Process, index: int, at: int) -> str:
    if index < at:
        return "done"
    case = process.initiative.case
    has_ended = process.stage in FINAL_STAGES or (case is not None and not case.is_live)
    if index > at:
        return "skipped" if has_ended else "ahead"
    return "stopped" if has_ended else "now"
