# SPDX-License-Identifier: EUPL-1.2
"""How an initiative is carried out, on the page of its case (R40)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.organisation.models import User
from casework.process.models import Progress
from casework.process.permissions import may_report
from casework.process.progress import CARRIED_OUT, REPORTED, carried_by, promises_of
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def is_carried_out(user: User, file: CaseFile) -> bool:
    """Whether it was decided and is read by those who handle it."""
    return file.process is not None and file.is_internal and file.process.stage in CARRIED_OUT


def context(user: User, file: CaseFile) -> dict[str, object]:
    """The reports, newest first, and the benefit against what was promised."""
    assert file.process is not None
    assert file.initiative is not None
    rows = Progress.objects.filter(initiative=file.initiative).select_related("author")
    reports = list(rows.order_by("year", "tertial", "pk")) if file.facts.progress else []
    return {
        "row": carried_by(file.process, reports, file.steps),
        "reports": reports[::-1],
        "promises": promises_of(file.initiative, reports) if file.facts.promises else [],
        "initiative": file.initiative,
        "may_report": file.process.stage in REPORTED and may_report(file.process, user),
    }


register_panel(
    "case",
    Panel("progress", _("Genomförande"), 15, is_carried_out, "desk/progress/panel.html", context),
)
