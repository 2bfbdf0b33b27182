# SPDX-License-Identifier: EUPL-1.2
"""Where a meeting is led and read."""

from django.urls import reverse

from casework.meetings.models import Meeting
from ui.links import link


@link(Meeting, "desk")
def meeting_page(found: Meeting) -> str:
    """The meeting's page."""
    return reverse("desk_body_meeting", args=[found.pk])
