# SPDX-License-Identifier: EUPL-1.2
"""The line: the stages from idea to decision as people see them (LOOK: the product's signature)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from casework.process import mandates
from casework.process.catalogue import TRANSITIONS, task_of
from casework.process.enums import FINAL_STAGES, Stage
from casework.process.models import Process, Step

MILESTONES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Idé", (Stage.DRAFT, Stage.RETURNED)),
    ("Kontaktperson", (Stage.WITH_LIAISON, Stage.PREPARED)),
    ("Diarieförs", (Stage.SENT,)),
    ("Beredning", (Stage.REGISTERED, Stage.IN_PREPARATION, Stage.COMPLETION)),
    ("Områdets bedömning", (Stage.WITH_GROUP,)),
    ("Områdets rangordning", (Stage.ADMITTED,)),
    ("Utskottet", (Stage.WITH_COMMITTEE,)),
    ("Stadens förslag", (Stage.RANKED, Stage.COMMITTEE_DONE)),
    ("Utvecklingsrådet", (Stage.CITY_PROPOSAL,)),
    ("Kommunfullmäktige", (Stage.RECOMMENDED,)),
    ("Genomförande", (Stage.APPROVED, Stage.IMPLEMENTING)),
)
"""Each milestone and the stages in which the initiative lies there."""

COMMITTEE = 6
LOOPS = frozenset({"return_to_originator", "request_completion"})


@dataclass(slots=True)
class LineStage:
    """One milestone of one initiative.

    Attributes:
        state: ``done``, ``now``, ``ahead``, or ``stopped`` where the initiative ended early.
        date: when it was left, for done ones.
        decider: by which mandate it was left.
        planned: the day it is planned for, for those ahead.
        loops: the reasons for which it was sent back from here.
    """

    label: str
    state: str
    date: dt.date | None = None
    decider: str = ""
    planned: dt.date | None = None
    loops: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has the initiative now and what comes next (R46, R47)."""

    stage: str
    holder: str
    people: list[str]
    next_label: str
    planned: dt.date | None
    is_final: bool


def line_of(process: Process, steps: list[Step] | None = None) -> list[LineStage]:
    """The milestones of one initiative. The committee stands only in an e-service's line (R42)."""
    steps = list(process.steps.select_related("body")) if steps is None else steps
    here = _index(process.stage, steps)
    line = []
    for index, (label, stages) in enumerate(MILESTONES):
        if index == COMMITTEE and not process.initiative.is_eservice:
            continue
        stage = LineStage(_(label), _state(process, index, here))
        leaving = [step for step in steps if step.from_stage in stages]
        stage.loops = [step.reason for step in leaving if step.transition in LOOPS]
        if stage.state in {"done", "stopped"} and leaving:
            stage.date, stage.decider = leaving[-1].decided_on, leaving[-1].mandate
        if stage.state in {"now", "ahead"}:
            stage.planned = _planned(process, index)
        line.append(stage)
    return line


def standing_of(process: Process) -> Standing:
    """Who has it now, in words and names, and what happens next."""
    names = mandates.names_from(process)
    forward = next((n for n in names if not TRANSITIONS[n].is_negative), None)
    if forward is None:
        return Standing(str(process.get_stage_display()), "", [], "", None, True)
    rule = TRANSITIONS[forward]
    here = _index(process.stage, [])
    return Standing(
        stage=str(process.get_stage_display()),
        holder=mandates.words(process, rule.mandate),
        people=[str(person) for person in mandates.people(process, rule.mandate)],
        next_label=task_of(forward),
        planned=_planned(process, here),
        is_final=False,
    )


def _index(stage: str, steps: list[Step]) -> int:
    """The milestone in which a stage lies; a final stage lies where the last step was taken."""
    if stage == Stage.IMPLEMENTED:
        return len(MILESTONES)
    if stage in FINAL_STAGES and steps:
        stage = steps[-1].from_stage
    return next((i for i, (_label, stages) in enumerate(MILESTONES) if stage in stages), 0)


def _state(process: Process, index: int, here: int) -> str:
    if index < here:
        return "done"
    if index > here:
        return "skipped" if process.stage in FINAL_STAGES else "ahead"
    return "stopped" if process.stage in FINAL_STAGES else "now"


def _planned(process: Process, index: int) -> dt.date | None:
    cycle = process.cycle
    if cycle is None:
        return None
    dates = {
        4: cycle.groups_until,
        5: cycle.groups_until,
        8: cycle.council_on,
        9: cycle.decision_on,
    }
    return dates.get(index)
