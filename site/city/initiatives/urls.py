# SPDX-License-Identifier: EUPL-1.2
"""Addresses under /initiativ/."""

from django.urls import path

from city.initiatives import views

urlpatterns = [
    path("", views.home, name="originator_home"),
    path("nytt/", views.start, name="originator_start"),
    path("<int:pk>/", views.initiative_page, name="originator_initiative"),
    path("<int:pk>/steg-<int:step>/", views.edit_step, name="originator_step"),
    path("<int:pk>/steg-<int:step>/spara/", views.autosave, name="originator_autosave"),
    path("<int:pk>/kontrollera/", views.check, name="originator_check"),
    path("<int:pk>/aterkalla/", views.withdraw, name="originator_withdraw"),
]
