# SPDX-License-Identifier: EUPL-1.2
"""The address of the accessibility statement."""

from django.urls import path

from city.feedback import views

urlpatterns = [
    path("tillganglighet/", views.accessibility, name="accessibility"),
]
