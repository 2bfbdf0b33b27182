# SPDX-License-Identifier: EUPL-1.2
"""The remiss on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.organisation.enums import Role
from casework.organisation.models import User
from ui.case_file import CaseFile
from ui.lookups import has_role, may_handle
from ui.panels import Panel, register_panel


def has_consultation(user: User, file: CaseFile) -> bool:
    """Whether there is a remiss, or a reason for none."""
    return file.case is not None and hasattr(file.case, "consultation")


def consultation_context(user: User, file: CaseFile) -> dict[str, object]:
    """The question, the consultees, and whether this person notes their answers."""
    case = file.case
    assert case is not None
    return {
        "consultation": case.consultation,
        "may_write": has_role(user, Role.REGISTRAR, case) or may_handle(user, case),
    }


register_panel(
    "case",
    Panel(
        key="consultation",
        title=_("Remiss"),
        order=70,
        shown_to=has_consultation,
        template="desk/consultation/consultation.html",
        context=consultation_context,
    ),
)
