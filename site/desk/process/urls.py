# SPDX-License-Identifier: EUPL-1.2
"""The addresses of decisions and of the help."""

from django.urls import path

from desk.process import views

urlpatterns = [
    path("initiativ/<int:pk>/beslut/<str:name>/", views.DecideView.as_view(), name="desk_decide"),
    path("sa-gar-det-till/", views.GuideView.as_view(), name="desk_guide"),
]
