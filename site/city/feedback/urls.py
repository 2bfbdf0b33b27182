# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the accessibility statement and of what is new for a person."""

from django.urls import path

from city.feedback import views

urlpatterns = [
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("besked/", views.news, name="news"),
    path("besked/<int:pk>/", views.open_news, name="news_open"),
]
