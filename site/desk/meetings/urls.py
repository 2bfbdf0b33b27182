# SPDX-License-Identifier: EUPL-1.2
"""The addresses of meetings and of what was decided in them."""

from django.urls import path

from desk.meetings import views

urlpatterns = [
    path("moten/", views.MeetingsView.as_view(), name="desk_meetings"),
    path("moten/<int:pk>/", views.BodyMeetingView.as_view(), name="desk_body_meeting"),
    path("beslut/<int:pk>/avvikande/", views.DissentView.as_view(), name="desk_dissent"),
    path("beslut/<int:pk>/ratta/", views.CorrectionView.as_view(), name="desk_correct_decision"),
    path("beslut/<int:pk>/utdrag/", views.ExtractView.as_view(), name="desk_extract"),
]
