# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a meeting as they write themselves, to read, approve and print (R61, R70)."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.meetings.minutes_word import WORD
from casework.meetings.models import Meeting
from casework.meetings.permissions import may_read_file
from casework.meetings.rendering import hours_of, paragraphs_of, people_of
from casework.meetings.selectors import decisions_in, minutes_file_of
from casework.organisation.models import User
from casework.register.models import Case
from desk.meetings.lookups import meeting_or_404
from ui.base import DeskView
from ui.downloads import attachment


class MinutesView(DeskView):
    """What stands in the minutes; of cases that the reader may not see only how many."""

    template_name = "desk/meetings/minutes.html"
    header_icon = "doc-full"
    crumbs = ((_l("Möten"), "desk_meetings"),)
    meeting: Meeting

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the meeting among those the person takes part in."""
        self.meeting = meeting_or_404(self.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The body and the day."""
        return _("Protokoll: %(meeting)s") % {"meeting": self.meeting}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who was there, and paragraph by paragraph what was decided."""
        meeting = self.meeting
        decisions = list(decisions_in(meeting))
        shown = {
            case.pk: case
            for case in Case.objects.shown_to(self.user).filter(
                pk__in=[row.case_id for row in decisions]
            )
        }
        file = minutes_file_of(meeting)
        reads = file is not None and may_read_file(self.user, file)
        return super().get_context_data(
            meeting=meeting,
            hours=hours_of(meeting),
            people=people_of(meeting, decisions),
            acts=paragraphs_of(meeting, shown, decisions),
            file=file if reads else None,
            file_withheld=file is not None and not reads,
            hidden=len({row.act for row in decisions if row.case_id not in shown}),
            back=reverse("desk_body_meeting", args=[meeting.pk]),
            **kwargs,
        )


def minutes_file(request: HttpRequest, pk: int) -> FileResponse:
    """The approved minutes as they were kept, or nothing there."""
    user = request.user
    assert isinstance(user, User)  # the admin's address space requires sign-in
    file = minutes_file_of(meeting_or_404(user, pk))
    if file is None or not may_read_file(user, file):
        raise Http404
    return attachment(file.file, name=file.filename, content_type=WORD)
