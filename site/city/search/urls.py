# SPDX-License-Identifier: EUPL-1.2
"""The address of the public search."""

from django.urls import path

from city.search import views

urlpatterns = [
    path("sok/", views.search, name="public_search"),
]
