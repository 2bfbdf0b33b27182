# SPDX-License-Identifier: EUPL-1.2
"""The address of the process as a picture."""

from django.urls import path

from city.content import views

urlpatterns = [
    path("processen.svg", views.process_picture, name="process_picture"),
]
