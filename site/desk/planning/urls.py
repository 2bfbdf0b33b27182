# SPDX-License-Identifier: EUPL-1.2
"""The addresses of rounds."""

from django.urls import path

from desk.planning import calendar_views, criteria_views, views

urlpatterns = [
    path("omgangar/", views.RoundsView.as_view(), name="desk_rounds"),
    path("omgangar/kriterier/", criteria_views.CriteriaView.as_view(), name="desk_criteria"),
    path("kalender/", calendar_views.CalendarView.as_view(), name="desk_calendar"),
    path("omgang/<slug:round>/", views.RoundView.as_view(), name="desk_round"),
]
