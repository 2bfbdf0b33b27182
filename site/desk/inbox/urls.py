# SPDX-License-Identifier: EUPL-1.2
"""The inbox's addresses under the admin's."""

from django.urls import path

from desk.inbox.views import files, lane, listing

urlpatterns = [
    path("inkorg/", listing.InboxView.as_view(), name="desk_inbox"),
    path("inkorg/lagg-in/", listing.DropView.as_view(), name="desk_inbox_drop"),
    path("inkorg/hanterat/", listing.DoneView.as_view(), name="desk_inbox_done"),
    path("inkorg/<int:pk>/", lane.ItemView.as_view(), name="desk_inbox_item"),
    path("inkorg/fil/<int:pk>/", files.download, name="desk_inbox_file"),
    path("inkorg/fil/<int:pk>/sidor/", files.FilePagesView.as_view(), name="desk_inbox_pages"),
    path(
        "inkorg/fil/<int:pk>/sidor/<int:number>/",
        files.FilePagesView.as_view(),
        name="desk_inbox_page",
    ),
]
