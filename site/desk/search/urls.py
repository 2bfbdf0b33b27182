# SPDX-License-Identifier: EUPL-1.2
"""The address of the desk's search."""

from django.urls import path

from desk.search import views

urlpatterns = [
    path("sok/", views.DeskSearchView.as_view(), name="desk_search"),
]
