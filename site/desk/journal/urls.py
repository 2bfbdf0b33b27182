# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the journal."""

from django.urls import path

from desk.journal import views

urlpatterns = [
    path("handelser/", views.OfficeHistoryView.as_view(), name="desk_office_history"),
    path("arende/<int:pk>/handelser/", views.CaseHistoryView.as_view(), name="desk_case_history"),
    path("arende/<int:pk>/dag/", views.CaseAsOfView.as_view(), name="desk_case_as_of"),
    path("arenden/dag/", views.CasesAsOfView.as_view(), name="desk_cases_as_of"),
]
