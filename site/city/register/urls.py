# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the public diary."""

from django.urls import path

from city.register import views

urlpatterns = [
    path("diarium/", views.diary, name="public_diary"),
    path("diarium/postlista/", views.post_list, name="public_post"),
    path("handling/<int:pk>/", views.public_file, name="public_file"),
    path("arende/<path:key>/", views.case_page, name="public_case"),
    path("tidigare-beslut/<int:pk>/", views.earlier_decision, name="earlier_decision"),
]
