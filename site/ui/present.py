# SPDX-License-Identifier: EUPL-1.2
"""From the process to the shared patterns: one place that both surfaces call."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from casework.initiatives.models import Initiative
from casework.process.catalogue import OUTCOMES
from casework.process.enums import FINAL_STAGES, Stage
from casework.process.line import LineStage as Milestone
from casework.process.line import Standing
from casework.process.models import Process
from casework.register.models import Case, PublicCase
from ui.patterns import CaseHead, LineStage, Shape, Tag

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


def head_of(
    initiative: Initiative | None, case: Case | None, title: str, standing: Standing | None
) -> CaseHead:
    """What stands at the top of a matter for those who work with it."""
    process: Process | None = initiative.process if initiative else None
    if case and case.is_secret:
        tag: Tag | None = Tag(f"Sekretess: {case.secrecy_provision}", "secret")
    elif process:
        tag = stage_tag(process.stage)
    else:
        tag = Tag("Avslutat", "done") if case and case.closed_at else Tag("Öppet", "now")
    area = (initiative and initiative.service_area) or (case and case.service_area)
    return CaseHead(
        title=title,
        dnr=case.dnr if case else "",
        tag=tag,
        area=str(area or ""),
        kind=str(case.get_case_type_display()) if case else "Initiativ",
        holder=_sentence(standing.holder) if standing else "",
        next_step=standing.next_label if standing else "",
        due=standing.planned if standing else None,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


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
