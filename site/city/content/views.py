# SPDX-License-Identifier: EUPL-1.2
"""What the editors' pages show that no editor writes: the process as a picture."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from casework.process.graph import svg


@require_GET
@cache_control(max_age=3600)
def process_picture(request: HttpRequest) -> HttpResponse:
    """The process as a picture of its own, drawn from the state machine."""
    response = HttpResponse(svg(), content_type="image/svg+xml")
    # A picture brings its own styles; it may do nothing else.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
