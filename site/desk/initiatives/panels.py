# SPDX-License-Identifier: EUPL-1.2
"""What an initiative asks for, and who follows it, on the page of its case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import Part
from casework.initiatives.permissions import may_let_follow
from casework.initiatives.selectors import answers_of
from casework.organisation.models import User
from casework.process.services import part_written_by
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def has_initiative(user: User, file: CaseFile) -> bool:
    """Whether it is an initiative, for those with the internal face."""
    return file.initiative is not None and file.is_internal


def answers_context(user: User, file: CaseFile) -> dict[str, object]:
    """The answers side by side, and whether this person may write in them."""
    initiative = file.initiative
    assert initiative is not None
    return {
        "initiative": initiative,
        "answers": answers_of(initiative),
        # From the registration on they are files of record 1.
        "attachments": [] if initiative.case_id else initiative.attachments.all(),
        "may_prepare": part_written_by(initiative.process, user) in {Part.PREPARATION, Part.OFFICE},
    }


def followers_context(user: User, file: CaseFile) -> dict[str, object]:
    """Who follows, and whether this person may let others."""
    initiative = file.initiative
    assert initiative is not None
    return {
        "initiative": initiative,
        "followers": initiative.current_followers().select_related("user"),
        "may_let_follow": may_let_follow(user, initiative),
    }


register_panel(
    "case",
    Panel(
        key="answers",
        title=_("Underlag"),
        order=20,
        shown_to=has_initiative,
        template="desk/initiatives/answers.html",
        context=answers_context,
    ),
)
register_panel(
    "case",
    Panel(
        key="followers",
        title=_("Följer initiativet"),
        order=40,
        shown_to=has_initiative,
        template="desk/initiatives/followers.html",
        context=followers_context,
        place="aside",
    ),
)
