# SPDX-License-Identifier: EUPL-1.2
"""From codes to the shared patterns: where words and shapes are made for both surfaces."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext as _

from casework.organisation.models import Body
from casework.planning.enums import OCCASION_IN_SENTENCE, Occasion
from casework.process.enums import (
    FINAL_STAGES,
    FUNDED_STAGES,
    WITH_ORIGINATOR,
    Stage,
    Standing,
    stage_words,
)
from casework.process.line import LineStage as Milestone
from casework.process.transitions import spec_of, ways
from casework.register.enums import NEGATIVE_OUTCOMES, Outcome
from casework.register.models import Case, PublicCase, Record
from ui.patterns import LineStage, Shape, Tag

GOOD = frozenset({*FUNDED_STAGES, Stage.IMPLEMENTED, Standing.FUNDED, Standing.PARTLY_FUNDED})
STOPPED = frozenset({*FINAL_STAGES, Standing.DECLINED, Standing.REJECTED, Standing.WITHDRAWN})


def line_stages(milestones: Iterable[Milestone]) -> list[LineStage]:
    """The stations as the line draws them."""
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
    """The word and shape of a stage of either machine."""
    shape: Shape = "now"
    if stage in WITH_ORIGINATOR:
        shape = "wait"
    elif stage in GOOD:
        shape = "done"
    elif stage in STOPPED:
        shape = "stop"
    return Tag(stage_words(stage), shape)


def outcome_tag(outcome: str, *, is_closed: bool = False) -> Tag:
    """The outcome as a word and a shape; without one it is under way until it is closed."""
    if not outcome and is_closed:
        return Tag(_("Avslutat"), "done")
    if not outcome:
        return Tag(_("Pågår"), "wait")
    return Tag(outcome_words(outcome), outcome_shape(outcome))


def tag_of(case: PublicCase) -> Tag:
    """What a case of the public diary came to."""
    return outcome_tag(case.outcome, is_closed=case.closed_on is not None)


def outcome_words(outcome: str) -> str:
    """The word for an outcome's code."""
    return str(Outcome(outcome).label) if outcome in Outcome.values else outcome


def outcome_shape(outcome: str) -> Shape:
    """Which shape goes with an outcome."""
    return "stop" if outcome in NEGATIVE_OUTCOMES else "done"


def told(key: str, *, opinion: str = "", occasion: str = "") -> str:
    """What a step's code tells, as a sentence about the initiative."""
    if key not in ways():
        return ""
    return _("Initiativet %(told)s.") % {"told": spec_of(key).told_as(opinion, occasion)}


def occasion_words(occasion: str, budget_year: int | None) -> str:
    """The occasion of a decision: "i tertialrapport 1 2028"."""
    if occasion not in Occasion.values:
        return ""
    return _("i %(occasion)s %(year)s") % {
        "occasion": OCCASION_IN_SENTENCE[Occasion(occasion)],
        "year": budget_year or "",
    }


def body_words(body: Body | None) -> str:
    """The name of a deciding body."""
    return str(body) if body else ""


def sentence(told_words: str) -> str:
    """A told predicate as a sentence of its own."""
    if not told_words:
        return ""
    if told_words[0].isupper():
        return told_words
    return _("Initiativet %(told)s.") % {"told": told_words.rstrip(".")}


def decimal(value: Fraction | None, places: int = 1) -> str:
    """A number with at most so many decimals and a comma: "3,5", "4", "–" for none."""
    if value is None:
        return "–"
    text = f"{float(value):.{places}f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") if places else text


def marked_title(row: Case | Record) -> str:
    """The title in the reader's face, with a word before what is secret (OSL 5:5)."""
    is_secret = row.is_secret or (isinstance(row, Record) and row.case.is_secret)
    return f"{_('Sekretess')} · {row.shown_title}" if is_secret else row.shown_title
