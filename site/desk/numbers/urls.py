# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the audit of numbers."""

from django.urls import path

from desk.numbers import views

urlpatterns = [
    path("nummer/", views.NumbersView.as_view(), name="desk_numbers"),
    path("nummer/<int:pk>/<int:year>/", views.AuditView.as_view(), name="desk_audit_numbers"),
]
