# SPDX-License-Identifier: EUPL-1.2
"""The notice board: which minutes are approved, from when to when they are announced (KL 8:12)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework.meetings.models import Decision
from casework.meetings.selectors import announced
from ui.links import url_for
from ui.public_diary import public_cases

MOST = 100


@require_GET
def notice_board(request: HttpRequest) -> HttpResponse:
    """What is announced today, the newest first; of the cases only those that are published."""
    meetings = list(announced()[:MOST])
    rows = list(
        Decision.objects.filter(meeting__in=meetings)
        .order_by("paragraph_number", "pk")
        .values_list("meeting", "paragraph", "case")
    )
    cases = {row.case_id: row for row in public_cases().filter(case__in=[row[2] for row in rows])}
    notices = [
        {
            "meeting": meeting,
            "paragraphs": [
                (paragraph, cases[case], url_for(cases[case], "public"))
                for held, paragraph, case in rows
                if held == meeting.pk and case in cases
            ],
        }
        for meeting in meetings
    ]
    return render(request, "city/meetings/notice_board.html", {"notices": notices})
