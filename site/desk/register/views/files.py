# SPDX-License-Identifier: EUPL-1.2
"""Serving a record's file: to those who may see the record, as an attachment, never inline."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from casework.register.models import Record, RecordFile


def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file, or nothing there."""
    file = get_object_or_404(RecordFile.objects.select_related("record"), pk=pk)
    if not Record.objects.visible_to(request.user).filter(pk=file.record_id).exists():
        raise Http404
    response = FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.original_name,
        content_type=file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
