# SPDX-License-Identifier: EUPL-1.2
"""The addresses of what is carried out."""

from django.urls import path

from desk.progress import views

urlpatterns = [
    path("genomforande/", views.CarriedView.as_view(), name="desk_progress"),
    path("initiativ/<int:pk>/lage/", views.ReportView.as_view(), name="desk_report_progress"),
    path("e-tjansteprogram/", views.ProgrammeView.as_view(), name="desk_programme"),
]
