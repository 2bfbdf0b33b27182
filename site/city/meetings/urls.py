# SPDX-License-Identifier: EUPL-1.2
"""The address of the notice board."""

from django.urls import path

from city.meetings import views

urlpatterns = [path("anslagstavla/", views.notice_board, name="notice_board")]
