# SPDX-License-Identifier: EUPL-1.2
"""What bodies have decided in a case, with dissent, on the case's page (R61, R70)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.meetings.permissions import may_correct
from casework.meetings.selectors import decisions_of
from casework.organisation.models import User
from ui.cards import telling
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def has_decisions(user: User, file: CaseFile) -> bool:
    """Whether anything was decided, for those with the internal face."""
    return file.case is not None and file.is_internal and file.facts.decisions


def decisions_context(user: User, file: CaseFile) -> dict[str, object]:
    """The decisions, the newest last, as they were made."""
    assert file.case is not None
    steps = {step.decision_id: step for step in file.steps}
    facts = file.facts
    rows = decisions_of(file.case, with_dissent=facts.dissents, with_corrections=facts.corrections)
    return {
        "decisions": [
            (row, may_correct(user, row), telling(steps[row.pk]) if row.pk in steps else "")
            for row in rows
        ],
        "no_dissent": not facts.dissents,
        "no_corrections": not facts.corrections,
    }


register_panel(
    "case",
    Panel(
        "decisions",
        _("Beslut"),
        60,
        has_decisions,
        "desk/meetings/decisions.html",
        decisions_context,
    ),
)
