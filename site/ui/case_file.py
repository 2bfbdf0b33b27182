# SPDX-License-Identifier: EUPL-1.2
"""What the page of a case is about: the case, the initiative before it has a number, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from casework.feedback.models import NoticeState
from casework.follow_up.models import NewRecord
from casework.initiatives.models import Initiative
from casework.process.line import WhereAbouts, whereabouts_of
from casework.process.models import Process, Step
from casework.register.models import Case
from ui.case_facts import NOTHING, CaseFacts, facts_of


@dataclass
class CaseFile:
    """A case and its initiative; what several panels need is read once.

    The case comes from ``shown_to``: ``is_internal`` says whether more than publicity lets the
    person in, and panels with internal words are shown to those alone.
    """

    case: Case | None = None
    initiative: Initiative | None = None
    just_seen: Sequence[NewRecord] = ()
    """The records that were new to who has the case until this page was opened."""

    @property
    def is_internal(self) -> bool:
        """Whether the person gets the internal face; before there is a case always."""
        return self.case is None or bool(getattr(self.case, "is_internal", False))

    @property
    def process(self) -> Process | None:
        """Where the initiative is on its way."""
        return self.initiative.process if self.initiative else None

    @cached_property
    def facts(self) -> CaseFacts:
        """What there is in the case, so that a panel without content asks nothing."""
        return facts_of(self.case) if self.case is not None else NOTHING

    @cached_property
    def steps(self) -> list[Step]:
        """What has been decided about the initiative, oldest first."""
        return list(self.process.steps()) if self.process is not None else []

    @cached_property
    def standing(self) -> WhereAbouts | None:
        """Who has the initiative and what comes next."""
        return whereabouts_of(self.process) if self.process else None

    @property
    def unsent(self) -> int:
        """How many mails about the initiative could not be sent."""
        if self.case is not None or self.initiative is None:
            return self.facts.unsent
        return self.initiative.notices.filter(state=NoticeState.FAILED).count()

    @property
    def subjects(self) -> list[str]:
        """The names under which the journal keeps what happened."""
        return [thing.subject for thing in (self.initiative, self.case) if thing]
