# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the lists."""

from django.urls import path

from desk.lists import views

urlpatterns = [
    path("listor/", views.ListsView.as_view(), name="desk_lists"),
    path("listor/post/", views.PostView.as_view(), name="desk_post"),
    path("listor/post/offentlig/", views.PublicPostView.as_view(), name="desk_public_post"),
    path("listor/balans/", views.BalanceView.as_view(), name="desk_balance"),
    path("listor/inkommet/", views.IncomingView.as_view(), name="desk_incoming"),
    path("listor/aret/", views.YearView.as_view(), name="desk_year"),
]
