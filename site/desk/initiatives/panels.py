# SPDX-License-Identifier: EUPL-1.2
"""What an initiative asks for, on the page of its case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.process import mandates
from casework.process.catalogue import Mandate
from casework.process.services.intake import EDITABLE_BY_LIAISON, EDITABLE_BY_OFFICER
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def may_prepare(initiative: Initiative, user: User) -> bool:
    """Whether the person may write in the preparation now."""
    process = initiative.process
    if process.stage in EDITABLE_BY_LIAISON:
        return mandates.holder(process, Mandate.LIAISON, user) is not None
    if process.stage in EDITABLE_BY_OFFICER:
        return mandates.holder(process, Mandate.OFFICER, user) is not None
    return False


def answers_context(user: User, file: CaseFile) -> dict[str, object]:
    """The answers, and whether this person may write in them."""
    initiative = file.initiative
    assert initiative is not None
    return {
        "initiative": initiative,
        "benefits": initiative.benefit_list(),
        "affected": initiative.affected.all(),
        "may_prepare": may_prepare(initiative, user),
    }


register_panel(
    "case",
    Panel(
        key="answers",
        title=_("Underlag"),
        order=20,
        shown_to=lambda user, file: file.initiative is not None,
        template="desk/initiatives/answers.html",
        context=answers_context,
    ),
)
