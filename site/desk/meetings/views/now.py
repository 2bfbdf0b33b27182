# SPDX-License-Identifier: EUPL-1.2
"""What changed in a meeting since a page was opened, and who else has it open; asked in turns."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views import View

from casework.meetings.models import Meeting
from casework.meetings.selectors import changed_since, others_at
from casework.meetings.services import note_visit
from casework.organisation.models import User
from casework.register.models import Case

LONGEST = dt.timedelta(hours=12)
"""A page that stood open longer is told of the last hours."""


class NowView(View):
    """A part of the meeting's pages: one sentence of who is here, one for each change."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note that the person is here, and tell what the others do."""
        user = request.user
        assert isinstance(user, User)  # the admin's address space requires sign-in
        meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=kwargs["pk"])
        number = request.POST.get("case", "")
        seen = Case.objects.visible_to(user).only("pk")
        case = seen.filter(pk=int(number)).first() if number.isdecimal() else None
        try:
            note_visit(meeting=meeting, user=user, case=case)
        except PermissionDenied as error:
            raise Http404 from error
        earliest = timezone.now() - LONGEST
        since = parse_datetime(request.POST.get("since", "")) or earliest
        if timezone.is_naive(since):
            since = earliest
        changes = changed_since(meeting, max(since, earliest), user)
        return render(
            request,
            "desk/meetings/now.html",
            {
                "others": others_at(meeting, user),
                "changes": changes,
                "is_here": bool(case and any(c.case_id == case.pk for c in changes)),
            },
        )
