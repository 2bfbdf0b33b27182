# SPDX-License-Identifier: EUPL-1.2
"""The address of publishing."""

from django.urls import path

from desk.publication import views

urlpatterns = [
    path("arende/<int:pk>/webbdiariet/", views.PublishView.as_view(), name="desk_publish")
]
