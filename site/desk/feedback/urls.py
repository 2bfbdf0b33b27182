# SPDX-License-Identifier: EUPL-1.2
"""The address of what is new, at the desk."""

from django.urls import path

from desk.feedback import views

urlpatterns = [path("besked/", views.NewsView.as_view(), name="desk_news")]
