# SPDX-License-Identifier: EUPL-1.2
"""What a visitor reads when something is wrong: what, why and how to go on."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def _page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    return render(request, template or f"{status}.html", {"status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request makes no sense."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but without the right."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: says the same about what is secret as about what does not exist."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. 503: the database is away, which passes.

    The page asks nobody who the visitor is: that would be asked of the database once more.
    """
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        page = HttpResponse(render_to_string("503.html"), status=503)
        page.headers["Retry-After"] = "10"
        return page
    return HttpResponse(render_to_string("500.html"), status=500)


def disk_full(request: HttpRequest) -> HttpResponse:
    """507: there is no room for what was sent."""
    return _page(request, 507)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose session has ended; what was typed is a step back away."""
    return _page(request, 403, "403_csrf.html")
