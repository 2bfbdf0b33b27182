# SPDX-License-Identifier: EUPL-1.2
"""What a transition means, in one place: words, mandate, what must be said, where it leads.

Every transition of both machines carries one :class:`TransitionSpec`. Buttons, work lists, the
line, the picture, notices, the public page and the tests read it; nothing else says these things a
second time. The conditions stand with the transition in :mod:`casework.process.models`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict

from django.utils.functional import Promise

from casework.planning.enums import Milestone
from casework.register.enums import Outcome


class Mandate(StrEnum):
    """Who may decide, by their relation to the initiative; see :mod:`casework.process.mandates`."""

    ORIGINATOR = "originator"
    AUTHOR = "author"
    LIAISON = "liaison"
    REGISTRAR = "registrar"
    OFFICER = "officer"
    GROUP = "group"
    GROUP_CHAIR = "group_chair"
    COMMITTEE = "committee"
    EXECUTIVE_OFFICE = "executive_office"
    COUNCIL = "council"
    CITY_COUNCIL = "city_council"


BODY_MANDATES = frozenset({Mandate.GROUP, Mandate.COMMITTEE, Mandate.COUNCIL, Mandate.CITY_COUNCIL})
"""Mandates whose transitions hang on a decision of a body: in a meeting or by delegation."""


class Ask(StrEnum):
    """What the person is asked for when taking the transition; a page makes a field of each."""

    REASON = "reason"
    REASON_IF_ANY = "reason_if_any"
    ANSWER = "answer"
    ACT = "act"
    OPINION = "opinion"
    REFERENCE = "reference"
    AMOUNT = "amount"
    QUESTIONS = "questions"
    DUE = "due"
    GROUND = "ground"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class TransitionSpec:
    """A transition's words and rules.

    Attributes:
        label: the verb on the button.
        told: the sentence in event lists and notices; it follows on "Initiativet".
        told_by: other sentences by the code of the opinion or of the occasion.
        task: the work that the transition ends, for "Nästa steg" and "Att göra".
        mandate: who may decide it.
        milestone: the station of the line that it leaves.
        asks: what must be said; see :class:`Ask`.
        outcome: the case's outcome afterwards, if it settles one.
        outcome_by: another outcome by the occasion, where the word says which (R37, R38).
        carries: the transition of the initiative's life that follows from it, if any.
        is_negative: whether it ends, stops or sends back the initiative.
        is_public: whether the public case page tells it.
        is_list_act: whether it is taken for a whole list, so that a person who may not see one
            of its items still fixes the list (the item's place was given by those who may).
    """

    label: Promise
    told: Promise
    mandate: Mandate
    milestone: Milestone
    task: Promise | None = None
    told_by: Mapping[str, Promise] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()
    outcome: Outcome | None = None
    outcome_by: Mapping[str, Outcome] = field(default_factory=dict)
    carries: str = ""
    is_negative: bool = False
    is_public: bool = False
    is_list_act: bool = False

    @property
    def needs_reason(self) -> bool:
        """Whether a reason must be written."""
        return Ask.REASON in self.asks or Ask.ANSWER in self.asks

    @property
    def is_body_decision(self) -> bool:
        """Whether it hangs on a decision of a body."""
        return self.mandate in BODY_MANDATES

    def outcome_on(self, occasion: str) -> Outcome | None:
        """The outcome when it is decided on an occasion."""
        return self.outcome_by.get(occasion, self.outcome)

    def told_as(self, *codes: str) -> str:
        """The sentence for a step with these codes (opinion, occasion); the general one else."""
        for code in codes:
            if code and code in self.told_by:
                return str(self.told_by[code])
        return str(self.told)

    def task_words(self) -> str:
        """The work in words."""
        return str(self.task or self.label)


class Custom(TypedDict):
    """What a transition of django-fsm carries for us."""

    spec: TransitionSpec | None
