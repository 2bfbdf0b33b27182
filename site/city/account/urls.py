# SPDX-License-Identifier: EUPL-1.2
"""Addresses for logging in and out."""

from django.urls import path

from city.account import views

urlpatterns = [
    path("logga-in/", views.LoginView.as_view(), name="login"),
    path("logga-ut/", views.LogoutView.as_view(), name="logout"),
    path("nytt-losenord/", views.new_password, name="new_password"),
    path("efter-inloggning/", views.after_login, name="after_login"),
]
