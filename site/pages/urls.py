# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the city's own pages (Wagtail serves the rest)."""

from django.urls import path

from pages.views import account, health

urlpatterns = [
    path("halsa/", health.health, name="health"),
    path("logga-in/", account.LoginView.as_view(), name="login"),
    path("logga-ut/", account.LogoutView.as_view(), name="logout"),
    path("efter-inloggning/", account.after_login, name="after_login"),
]
