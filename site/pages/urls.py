# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the city's own pages (Wagtail serves the rest)."""

from django.urls import include, path

from pages.views import account, health, public, search

urlpatterns = [
    path("halsa/", health.health, name="health"),
    path("logga-in/", account.LoginView.as_view(), name="login"),
    path("logga-ut/", account.LogoutView.as_view(), name="logout"),
    path("efter-inloggning/", account.after_login, name="after_login"),
    path("sok/", search.search, name="public_search"),
    path("diarium/", public.diary, name="public_diary"),
    path("arende/<path:key>/", public.case_page, name="public_case"),
    path("tidigare-beslut/<int:pk>/", public.earlier_decision, name="earlier_decision"),
    path("bestall/", public.order_record, name="order_record"),
    path("bestall/tack/", public.order_sent, name="order_sent"),
    path("tillganglighet/", public.accessibility, name="accessibility"),
    path("processen.svg", public.process_picture, name="process_picture"),
    path("initiativ/", include("pages.originator.urls")),
]
