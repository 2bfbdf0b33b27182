# SPDX-License-Identifier: EUPL-1.2
"""The archive's addresses under the admin's."""

from django.urls import path

from desk.archive import views

urlpatterns = [
    path("gallring/", views.DecisionsView.as_view(), name="desk_disposal"),
    path("gallring/beslut/", views.RecordDecisionView.as_view(), name="desk_record_disposal"),
    path("gallring/<int:pk>/", views.DecisionView.as_view(), name="desk_disposal_decision"),
    path("avslutning/<int:pk>/", views.ClosingView.as_view(), name="desk_closing"),
]
