# SPDX-License-Identifier: EUPL-1.2
"""What the shared patterns are fed with; the template parts draw them, on the desk and outside.

Plain data: no pattern reads the database, so a page decides what it shows and to whom.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["neutral", "now", "wait", "done", "stop", "secret"]
StageState = Literal["done", "now", "ahead", "skipped", "stopped"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A status: a word and a shape, never colour alone."""

    text: str
    shape: Shape = "neutral"


@dataclass(frozen=True, slots=True)
class LineStage:
    """One stop on the line from idea to decision.

    Attributes:
        state: ``stopped`` is where the line ended early; ``skipped`` is not for this one.
        date: when it was passed; for a stage ahead, when it is planned.
        decider: who took the case past it, as the reader may know it.
        loops: how many times it was sent back here.
        loop_text: why it came back, in few words ("kompletterades").
    """

    label: str
    state: StageState = "ahead"
    date: dt.date | None = None
    decider: str = ""
    loops: int = 0
    loop_text: str = ""


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands at the top of everything about a case, everywhere."""

    title: str
    dnr: str = ""
    tag: Tag | None = None
    area: str = ""
    kind: str = ""
    holder: str = ""
    next_step: str = ""
    due: dt.date | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: who, what, and the reason in full.

    ``on`` sorts; ``when`` is shown instead of it where only a month or a year is known.
    """

    on: dt.date
    what: str
    who: str = ""
    reason: str = ""
    detail: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: the outcome in words, by whom and by which mandate, why, and what follows."""

    outcome: str
    on: dt.date | None = None
    decider: str = ""
    mandate: str = ""
    reason: str = ""
    follows: str = ""
    reference: str = ""
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row of a summary list, with the way to change it."""

    label: str
    value: str
    url: str = ""
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way here; the last has no address."""

    label: str
    url: str = ""
