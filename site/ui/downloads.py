# SPDX-License-Identifier: EUPL-1.2
"""Serving a stored file: always as an attachment, never shown inside the city's own pages."""

from __future__ import annotations

from pathlib import Path

from django.db.models.fields.files import FieldFile
from django.http import FileResponse


def attachment(file: FieldFile | Path, *, name: str, content_type: str) -> FileResponse:
    """The file under a name; a browser neither guesses its type nor runs what stands in it."""
    response = FileResponse(
        file.open("rb"), as_attachment=True, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
