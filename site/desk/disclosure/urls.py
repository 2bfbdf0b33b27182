# SPDX-License-Identifier: EUPL-1.2
"""Addresses of orders of records under the admin's."""

from django.urls import path

from desk.disclosure import views

urlpatterns = [
    path("utlamnande/", views.RequestsView.as_view(), name="desk_disclosures"),
    path("utlamnande/<int:pk>/", views.RequestView.as_view(), name="desk_disclosure"),
    path(
        "utlamnande/<int:pk>/beslut/",
        views.DecisionView.as_view(),
        name="desk_disclosure_decision",
    ),
    path("utlamnande/handling/<int:pk>/", views.ReviewView.as_view(), name="desk_disclosure_item"),
    path(
        "utlamnande/handling/<int:pk>/handlaggaren/",
        views.AskOfficerView.as_view(),
        name="desk_disclosure_ask",
    ),
    path(
        "utlamnande/handling/<int:pk>/ta-bort/",
        views.UnlistView.as_view(),
        name="desk_disclosure_unlist",
    ),
    path("utlamnande/fil/<int:pk>/", views.handed, name="desk_handed_file"),
]
