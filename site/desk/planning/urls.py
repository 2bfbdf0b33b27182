# SPDX-License-Identifier: EUPL-1.2
"""The addresses of rounds."""

from django.urls import path

from desk.planning import views

urlpatterns = [
    path("omgangar/", views.RoundsView.as_view(), name="desk_rounds"),
    path("omgangar/kriterier/", views.CriteriaView.as_view(), name="desk_criteria"),
    path("omgang/<slug:round>/", views.RoundView.as_view(), name="desk_round"),
]
