# SPDX-License-Identifier: EUPL-1.2
"""Serving a file of the inbox: to the authority's registrars, as an attachment."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from casework.inbox.models import InboxFile, InboxItem
from ui.downloads import attachment


def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file, or nothing there."""
    rows = InboxFile.objects.filter(item__in=InboxItem.objects.visible_to(request.user))
    file = get_object_or_404(rows.exclude(file=""), pk=pk)
    return attachment(file.file, name=file.original_name, content_type=file.content_type)
