# SPDX-License-Identifier: EUPL-1.2
"""Addresses of orders."""

from django.urls import path

from city.disclosure import views

urlpatterns = [
    path("bestall/", views.order_record, name="order_record"),
    path("bestall/kvitto/", views.find_receipt, name="find_receipt"),
    path("bestall/kvitto/<str:code>/", views.receipt, name="order_receipt"),
    path("bestall/kvitto/<str:code>/fil/<int:pk>/", views.handed, name="order_file"),
]
