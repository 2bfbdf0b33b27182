# SPDX-License-Identifier: EUPL-1.2
"""From the process to the shared patterns: one place that both surfaces call."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from casework.process.catalogue import OUTCOMES
from casework.process.enums import FINAL_STAGES, Stage
from casework.process.line import LineStage as Milestone
from casework.register.models import PublicCase
from ui.patterns import LineStage, Shape, Tag

WAITING_FOR_ORIGINATOR = frozenset({Stage.DRAFT, Stage.RETURNED})
GOOD = frozenset({Stage.APPROVED, Stage.IMPLEMENTING, Stage.IMPLEMENTED})


def line_stages(milestones: Iterable[Milestone]) -> list[LineStage]:
    """The milestones as the line draws them."""
    return [
        LineStage(
            label=milestone.label,
            state=milestone.state,  # type: ignore[arg-type]  # the same words on both sides
            date=milestone.date or milestone.planned,
            decider=milestone.decider,
            loops=len(milestone.loops),
            loop_text=milestone.loops[-1] if len(milestone.loops) == 1 else "",
        )
        for milestone in milestones
    ]


def stage_tag(stage: str) -> Tag:
    """The word and shape of a stage."""
    shape: Shape = "now"
    if stage in WAITING_FOR_ORIGINATOR:
        shape = "wait"
    elif stage in GOOD:
        shape = "done"
    elif stage in FINAL_STAGES:
        shape = "stop"
    return Tag(str(Stage(stage).label), shape)


def outcome_tag(case: PublicCase) -> Tag:
    """The outcome as a word and a shape; a case without one is under way."""
    if not case.outcome:
        return Tag(_("Pågår"), "wait")
    return Tag(case.outcome, outcome_shape(case.outcome))


def outcome_shape(outcome: str) -> Shape:
    """Which shape goes with an outcome's word."""
    negative = {
        str(OUTCOMES[stage])
        for stage in (Stage.OUT_OF_SCOPE, Stage.REJECTED, Stage.DECLINED, Stage.WITHDRAWN)
    }
    return "stop" if outcome in negative else "done"


def sentence(told: str) -> str:
    """The catalogue's words as a sentence of their own."""
    if not told:
        return ""
    return told if told[0].isupper() else _("Initiativet %(told)s.") % {"told": told.rstrip(".")}
