# SPDX-License-Identifier: EUPL-1.2
"""Serving a record's file: to those let in to the record, as an attachment, never inline.

A file has no public face: it and its name hold what the variant for the web leaves out (OSL 5:2).
Whom publicity alone lets in orders the record, like everybody else.
"""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from casework.register.models import Record, RecordFile


def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file, or nothing there."""
    file = get_object_or_404(RecordFile.objects.select_related("record"), pk=pk)
    shown = Record.objects.shown_to(request.user).filter(pk=file.record_id, is_internal=True)
    if not shown.exists():
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
