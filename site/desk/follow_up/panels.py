# SPDX-License-Identifier: EUPL-1.2
"""What is to be remembered, and what is new, on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.follow_up.models import NewRecord
from casework.follow_up.permissions import may_end_reminder, may_remind, may_tick
from casework.follow_up.selectors import reminders_in
from casework.organisation.models import User
from casework.register.models import Record
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def reminders_shown(user: User, file: CaseFile) -> bool:
    """To those let in to the case, where there is something or they may add it."""
    if file.case is None or not file.is_internal:
        return False
    return file.facts.reminders or (file.case.is_live and may_remind(user, file.case))


def reminders_context(user: User, file: CaseFile) -> dict[str, object]:
    """The open ones with what the person may do, and those that are done."""
    case = file.case
    assert case is not None
    rows = list(reminders_in(user, case)) if file.facts.reminders else []
    for row in rows:
        row.case = case
    waiting = [(row, may_end_reminder(user, row)) for row in rows if row.done_at is None]
    return {
        "case": case,
        "open_ones": waiting,
        "done_ones": [row for row in rows if row.done_at is not None],
        "may_remind": case.is_live and may_remind(user, case),
    }


def new_shown(user: User, file: CaseFile) -> bool:
    """Where something is new; in a void case nothing waits to be seen."""
    if file.case is None or not file.is_internal or file.case.is_void:
        return False
    return bool(file.just_seen or file.facts.new_records)


def new_context(user: User, file: CaseFile) -> dict[str, object]:
    """What was new until now to who has the case; to others what waits for them."""
    case = file.case
    assert case is not None
    seen = Record.objects.shown_to(user).filter(case=case, is_internal=True, voided_at=None)
    waiting = (
        []
        if file.just_seen
        else list(
            NewRecord.objects.filter(case=case, seen_at=None, record__in=seen).select_related(
                "record"
            )
        )
    )
    for row in waiting:
        row.case = case
    return {
        "case": case,
        "just_seen": file.just_seen,
        "waiting": [(row, may_tick(user, row)) for row in waiting],
    }


register_panel(
    "case",
    Panel(
        "reminders",
        _("Bevakningar"),
        15,
        reminders_shown,
        "desk/follow_up/reminders.html",
        reminders_context,
        "aside",
    ),
)
register_panel(
    "case",
    Panel("new_records", _("Ny handling"), 8, new_shown, "desk/follow_up/new.html", new_context),
)
