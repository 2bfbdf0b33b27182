# SPDX-License-Identifier: EUPL-1.2
"""What of an order the page of a case shows: the officer's records to try."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.disclosure.selectors import reviews_asked_of
from casework.organisation.models import User
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def _is_officer(user: User, file: CaseFile) -> bool:
    return file.case is not None and file.case.officer_id == user.pk and file.facts.disclosures


def _context(user: User, file: CaseFile) -> dict[str, object]:
    return {"reviews": list(reviews_asked_of(user, file.case))}


register_panel(
    "case",
    Panel(
        key="disclosure",
        title=_("Pröva utlämnande"),
        order=15,
        shown_to=_is_officer,
        template="desk/disclosure/to_review.html",
        context=_context,
    ),
)
