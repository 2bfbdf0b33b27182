# SPDX-License-Identifier: EUPL-1.2
"""What the page of a case is about: the case, the initiative before it has a number, or both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casework.initiatives.models import Initiative
from casework.process.line import Standing, standing_of
from casework.process.models import Process, Step
from casework.register.models import Case


@dataclass
class CaseFile:
    """A case and its initiative; what several panels need is read once."""

    case: Case | None = None
    initiative: Initiative | None = None

    @property
    def process(self) -> Process | None:
        """Where the initiative is on its way."""
        return self.initiative.process if self.initiative else None

    @cached_property
    def steps(self) -> list[Step]:
        """What has been decided about the initiative, oldest first."""
        if self.process is None:
            return []
        return list(self.process.steps.select_related("body", "actor"))

    @cached_property
    def standing(self) -> Standing | None:
        """Who has the initiative and what comes next."""
        return standing_of(self.process) if self.process else None

    @property
    def subjects(self) -> list[str]:
        """The names under which the journal keeps what happened."""
        return [thing.subject for thing in (self.initiative, self.case) if thing]
