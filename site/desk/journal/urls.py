# SPDX-License-Identifier: EUPL-1.2
"""The address of a case's whole journal."""

from django.urls import path

from desk.journal import views

urlpatterns = [
    path("arende/<int:pk>/handelser/", views.CaseHistoryView.as_view(), name="desk_case_history"),
]
