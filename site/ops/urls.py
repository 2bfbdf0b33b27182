# SPDX-License-Identifier: EUPL-1.2
"""The address that load balancers ask."""

from django.urls import path

from ops import views

urlpatterns = [
    path("halsa/", views.health, name="health"),
]
