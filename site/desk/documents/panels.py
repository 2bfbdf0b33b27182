# SPDX-License-Identifier: EUPL-1.2
"""The tjänsteutlåtande on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.organisation.models import User
from docgen.models import Report
from ui.case_file import CaseFile
from ui.links import url_for
from casework.register.permissions import is_registrar, may_handle
from ui.panels import Panel, register_panel


def reports_context(user: User, file: CaseFile) -> dict[str, object]:
    """The reports with their pages, and whether this person may begin one."""
    case = file.case
    assert case is not None
    return {
        "case": case,
        "reports": [
            (report, url_for(report, "desk")) for report in Report.objects.filter(case=case)
        ],
        "may_write": is_registrar(user, case) or may_handle(user, case),
    }


register_panel(
    "case",
    Panel(
        key="reports",
        title=_("Tjänsteutlåtande"),
        order=30,
        shown_to=lambda user, file: file.case is not None,
        template="desk/documents/reports.html",
        context=reports_context,
    ),
)
