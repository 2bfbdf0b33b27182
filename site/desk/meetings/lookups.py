# SPDX-License-Identifier: EUPL-1.2
"""A meeting by its address, for those who have a part in it."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from casework.meetings.models import Meeting
from casework.meetings.permissions import may_call
from casework.meetings.selectors import meetings_of


def meeting_or_404(user: Any, pk: int) -> Meeting:
    """A meeting of a body in which the person sits, writes or gives support."""
    meeting = Meeting.objects.filter(pk=pk).select_related("body").first()
    if meeting is None:
        raise Http404
    mine = meetings_of(user).filter(pk=pk).exists()
    if not mine and not may_call(user, meeting.body):
        raise Http404
    return meeting
