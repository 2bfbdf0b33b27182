# SPDX-License-Identifier: EUPL-1.2
"""A file of the inbox, for its registrars: as an attachment, or its pages as pictures."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.inbox.models import InboxFile, InboxItem
from ui.downloads import attachment
from ui.pages import PagesView


def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file, or nothing there."""
    file = _file(request, pk)
    return attachment(file.file, name=file.original_name, content_type=file.content_type)


class FilePagesView(PagesView):
    """The file's pages, in the lane beside what is to be done with it, or by themselves."""

    url_name = "desk_inbox_page"
    file_url_name = "desk_inbox_file"
    file: InboxFile

    def find(self, pk: int) -> InboxFile:
        """The file, or nothing there."""
        return _file(self.request, pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back to the lane."""
        back = reverse("desk_inbox_item", args=[self.file.item_id])
        return super().get_context_data(back=back, where=_("inkorgen"), **kwargs)


def _file(request: HttpRequest, pk: int) -> InboxFile:
    rows = InboxFile.objects.filter(item__in=InboxItem.objects.visible_to(request.user))
    there = rows.exclude(file="").filter(item__record__disposed_at=None, item__disposed_at=None)
    return get_object_or_404(there, pk=pk)
