# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the reports at the desk."""

from __future__ import annotations

from django.urls import path

from desk.documents import template_views, views

app_name = "docgen"
urlpatterns = [
    path("arende/<int:case_id>/", views.StartView.as_view(), name="start"),
    path("<int:pk>/", views.ReportView.as_view(), name="report"),
    path("<int:pk>/skapa/", views.generate, name="generate"),
    path("<int:pk>/fardigstall/", views.finish, name="finish"),
    path("<int:pk>/rensa/", views.weed, name="weed"),
    path("<int:pk>/filer/", views.files, name="files"),
    path("<int:pk>/lamna/", views.receive, name="receive"),
    path("inloggad/", views.signed_in, name="signed_in"),
    path("fil/<int:pk>/", views.download, name="download"),
    path("fil/<int:pk>/pdf/", views.download_pdf, name="download_pdf"),
    path("fil/<int:pk>/skapa-pdf/", views.make_pdf, name="make_pdf"),
    path("mallar/", template_views.TemplatesView.as_view(), name="templates"),
    path("mallar/<int:pk>/", template_views.TemplateView.as_view(), name="template"),
    path("mallar/<int:pk>/fil/", template_views.download, name="template_file"),
    path("aterlamnad/<int:pk>/", views.ReturnedView.as_view(), name="returned"),
]
