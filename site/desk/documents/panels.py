# SPDX-License-Identifier: EUPL-1.2
"""The tjänsteutlåtande on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.organisation.models import User
from docgen.models import Report
from docgen.permissions import may_write_report
from docgen.services.reports import newest, report_of
from ui.case_file import CaseFile
from ui.links import url_for
from ui.panels import Panel, register_panel


def reports_context(user: User, file: CaseFile) -> dict[str, object]:
    """The reports, with their pages for those who write, and whether this person may begin one."""
    case = file.case
    assert case is not None
    writes = may_write_report(user, case)
    return {
        "case": case,
        "reports": [
            (report, url_for(report, "desk") if writes else "")
            for report in (Report.objects.filter(case=case) if file.facts.reports else [])
        ],
        "may_write": writes and case.is_live,
    }


def room_context(user: User, file: CaseFile) -> dict[str, object]:
    """The text of the newest report, as it was last saved, to be read in the meeting room."""
    assert file.case is not None
    report = report_of(file.case)
    return {"report": newest(report) if report is not None else None}


register_panel(
    "case",
    Panel(
        key="reports",
        title=_("Tjänsteutlåtande"),
        order=30,
        # A report is written inside: publicity alone shows its record, not its making.
        shown_to=lambda user, file: file.case is not None and file.is_internal,
        template="desk/documents/reports.html",
        context=reports_context,
    ),
)

register_panel(
    "room",
    Panel(
        key="reports",
        title=_("Tjänsteutlåtande"),
        order=10,
        shown_to=lambda user, file: (
            file.case is not None and file.is_internal and file.facts.reports
        ),
        template="desk/documents/room.html",
        context=room_context,
    ),
)
