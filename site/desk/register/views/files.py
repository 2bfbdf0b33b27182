# SPDX-License-Identifier: EUPL-1.2
"""Serving a record's file: to those let in to the record, as an attachment, never inline.

A file has no public variant: it and its name hold what the record's public face leaves out (OSL
5:2). Whom publicity alone lets in reads the files that a registrar shows to everybody.
"""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from casework.register.models import Record, RecordFile
from ui.downloads import attachment


def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file, or nothing there."""
    file = get_object_or_404(RecordFile.objects.select_related("record"), pk=pk)
    shown = Record.objects.shown_to(request.user).filter(
        pk=file.record_id, is_internal=True, disposed_at=None
    )
    if not shown.exists():
        raise Http404
    return attachment(file.file, name=file.original_name, content_type=file.content_type)
