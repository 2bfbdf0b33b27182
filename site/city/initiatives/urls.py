# SPDX-License-Identifier: EUPL-1.2
"""Addresses under /initiativ/."""

from django.urls import path

from city.initiatives import author_views, views

urlpatterns = [
    path("", views.home, name="originator_home"),
    path("nytt/", views.start, name="originator_start"),
    path("<int:pk>/", views.initiative_page, name="originator_initiative"),
    path("<int:pk>/steg-<int:step>/", views.edit_step, name="originator_step"),
    path("<int:pk>/steg-<int:step>/spara/", views.autosave, name="originator_autosave"),
    path("<int:pk>/liknande/", author_views.similar, name="originator_similar"),
    path("<int:pk>/kopiera/", author_views.copy, name="originator_copy"),
    path("<int:pk>/kontrollera/", views.check, name="originator_check"),
    path("<int:pk>/filer/", author_views.attach, name="originator_attach"),
    path("<int:pk>/filer/<int:file>/", author_views.attachment, name="originator_attachment"),
    path("<int:pk>/filer/<int:file>/ta-bort/", author_views.detach, name="originator_detach"),
    path("<int:pk>/skriv-tillsammans/", author_views.invite, name="originator_invite"),
    path("<int:pk>/slang/", author_views.discard, name="originator_discard"),
    path("<int:pk>/aterkalla/", author_views.withdraw, name="originator_withdraw"),
]
