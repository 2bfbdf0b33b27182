# SPDX-License-Identifier: EUPL-1.2
"""The addresses of expediering under the admin's."""

from django.urls import path

from desk.dispatch import views

urlpatterns = [
    path("expediera/<int:pk>/", views.DispatchView.as_view(), name="desk_dispatch"),
    path("expediering/<int:pk>/mottagen/", views.ReceiptView.as_view(), name="desk_receipt"),
]
