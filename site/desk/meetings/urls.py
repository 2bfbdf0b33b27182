# SPDX-License-Identifier: EUPL-1.2
"""The addresses of meetings and of what was decided in them."""

from django.urls import path

from desk.meetings.views import decisions, meetings, minutes, now

urlpatterns = [
    path("moten/", meetings.MeetingsView.as_view(), name="desk_meetings"),
    path("moten/<int:pk>/", meetings.BodyMeetingView.as_view(), name="desk_body_meeting"),
    path("moten/<int:pk>/nu/", now.NowView.as_view(), name="desk_meeting_now"),
    path("moten/<int:pk>/protokoll/", minutes.MinutesView.as_view(), name="desk_minutes"),
    path("moten/<int:pk>/protokoll/fil/", minutes.minutes_file, name="desk_minutes_file"),
    path("beslut/<int:pk>/avvikande/", decisions.DissentView.as_view(), name="desk_dissent"),
    path(
        "beslut/<int:pk>/ratta/", decisions.CorrectionView.as_view(), name="desk_correct_decision"
    ),
    path("beslut/<int:pk>/utdrag/", decisions.ExtractView.as_view(), name="desk_extract"),
]
