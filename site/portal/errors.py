# SPDX-License-Identifier: EUPL-1.2
"""What a visitor reads when something is wrong: what, why and how to go on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
    """500: our fault."""
    return _page(request, 500)


def disk_full(request: HttpRequest) -> HttpResponse:
    """507: there is no room for what was sent."""
    return _page(request, 507)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose session has ended; what was typed is a step back away."""
    return _page(request, 403, "403_csrf.html")
