# SPDX-License-Identifier: EUPL-1.2
"""The addresses of consultations."""

from django.urls import path

from desk.consultation import views

urlpatterns = [
    path("remissvar/<int:pk>/", views.ConsulteeView.as_view(), name="desk_consultee"),
]
