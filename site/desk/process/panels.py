# SPDX-License-Identifier: EUPL-1.2
"""The process on the page of a case: the line, and what to do now."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.organisation.models import User
from casework.process import mandates
from casework.process.line import line_of
from casework.process.selectors import history_of
from casework.process.transitions import spec_of
from desk.process.actions import actions_for, scope_hint, task_of
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel
from ui.present import line_stages


def has_process(user: User, file: CaseFile) -> bool:
    """Whether the case is an initiative on its way."""
    return file.process is not None and file.is_internal


def goes_on(user: User, file: CaseFile) -> bool:
    """Whether it goes on here: not in a case that is void or joined into another."""
    return has_process(user, file) and (file.case is None or file.case.is_live)


def acts_on_list(user: User, file: CaseFile) -> bool:
    """Whether somebody who reads the public face decides it together with a whole list."""
    if file.process is None or file.is_internal:
        return False
    return any(spec_of(name).is_list_act for name in mandates.open_transitions(file.process, user))


def list_context(user: User, file: CaseFile) -> dict[str, object]:
    """The page of the list on which it is decided."""
    assert file.process is not None
    return {"action": actions_for(file.process, user)[0], "task": task_of(file.process)}


def line_context(user: User, file: CaseFile) -> dict[str, object]:
    """The way from idea to decision."""
    assert file.process is not None
    return {"line": line_stages(line_of(file.process, file.steps))}


def now_context(user: User, file: CaseFile) -> dict[str, object]:
    """The decisions that this person may take, or who takes the next one."""
    assert file.process is not None
    assert file.initiative is not None
    return {
        "standing": file.standing,
        "actions": actions_for(file.process, user),
        "candidacy": file.process.live_candidacy,
        "rounds": history_of(file.process) if file.facts.rounds > 1 else [],
        "scope_hint": scope_hint(file.initiative),
        "unsent": file.unsent,
    }


register_panel(
    "case",
    Panel("list", _("Att göra nu"), 10, acts_on_list, "desk/process/list.html", list_context),
)
register_panel(
    "case",
    Panel("line", _("Vägen"), 10, has_process, "desk/process/line.html", line_context, "top"),
)
register_panel(
    "case",
    Panel("now", _("Att göra nu"), 10, goes_on, "desk/process/now.html", now_context),
)
