# SPDX-License-Identifier: EUPL-1.2
"""Finding a report for those who write it, or answering as if it did not exist."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from casework.organisation.models import User
from casework.register.models import Case
from docgen.models import Report
from docgen.permissions import require_writer


def case_for_writing(user: User | AnonymousUser, pk: int) -> Case:
    """The case: 404 when the person may not see it, 403 when it is only to be seen."""
    case = Case.objects.visible_to(user).filter(pk=pk).first()
    if case is None:
        raise Http404
    _require(user, case)
    return case


def report_for_writing(user: User | AnonymousUser, pk: int) -> Report:
    """The report: 404 when the case may not be seen, 403 when it is only to be seen."""
    report: Report | None = (
        Report.objects.visible_to(user).select_related("case").filter(pk=pk).first()
    )
    if report is None:
        raise Http404
    _require(user, report.case)
    return report


def _require(user: User | AnonymousUser, case: Case) -> None:
    if not isinstance(user, User):
        raise PermissionDenied
    require_writer(user, case)
