# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the city's form."""

from django.urls import path

from desk.organisation import form_views as views

urlpatterns = [
    path("formular/", views.FormVersionsView.as_view(), name="desk_forms"),
    path("formular/<int:pk>/", views.FormVersionView.as_view(), name="desk_form"),
    path("formular/<int:pk>/utkast/", views.FormDraftView.as_view(), name="desk_form_draft"),
]
