# SPDX-License-Identifier: EUPL-1.2
"""The address of the figures."""

from django.urls import path

from desk.statistics import views

urlpatterns = [path("statistik/", views.StatisticsView.as_view(), name="desk_statistics")]
