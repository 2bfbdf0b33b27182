# SPDX-License-Identifier: EUPL-1.2
"""A closing that is under way, on the page of its case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.archive.selectors import closing_of
from casework.organisation.models import User
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def is_closing(user: User, file: CaseFile) -> bool:
    """Whether the case is being closed, or its closing was broken off."""
    return (
        file.case is not None
        and file.is_internal
        and file.facts.closings
        and file.case.closed_at is None
    )


def closing_context(user: User, file: CaseFile) -> dict[str, object]:
    """How far it has come."""
    assert file.case is not None
    return {"closing": closing_of(file.case)}


register_panel(
    "case",
    Panel(
        key="closing",
        title=_("Ärendet avslutas"),
        order=5,
        shown_to=is_closing,
        template="desk/archive/panel.html",
        context=closing_context,
    ),
)
