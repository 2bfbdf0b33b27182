# SPDX-License-Identifier: EUPL-1.2
"""Thin layers around each request: a number for the log, a content policy, odd numbers."""

from __future__ import annotations

import errno
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from ops.views import health
from portal.errors import disk_full, not_found

log = structlog.get_logger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

#: The city's pages run only what is served from here.
PUBLIC_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
#: The desk runs no script but those served from here; Wagtail's frame sets styles on elements.
DESK_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; font-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
#: Where editors keep pages, pictures and documents Wagtail starts its choosers by scripts inside
#: the page; see docs/decisions/0017-content-policy.md.
EDITOR_POLICY = DESK_POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
EDITORS_PAGES = ("/admin/pages/", "/admin/images/", "/admin/documents/")


class RequestIdMiddleware:
    """Binds a random number to everything that is logged while a request is served."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request with the number bound, and hand it back in a header."""
        request_id = uuid.uuid4().hex[:16]
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class ContentSecurityPolicyMiddleware:
    """Says which sources a page may use; a view that has set its own policy keeps it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header."""
        response = self.get_response(request)
        policy = PUBLIC_POLICY
        if request.path.startswith(EDITORS_PAGES):
            policy = EDITOR_POLICY
        elif request.path.startswith("/admin/"):
            policy = DESK_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response


class HealthMiddleware:
    """Answers the load balancer, which asks by address and not by the city's name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let no other layer look at the question: they ask who the visitor is and by what name."""
        return health(request) if request.path == "/halsa/" else self.get_response(request)


class SignedInMiddleware:
    """Nothing of a person's pages stays behind in the browser of a shared computer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep pages out of every cache; after log-out also drop what the browser has kept."""
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        if was_in:
            add_never_cache_headers(response)
        return response


class RefusalMiddleware:
    """Says in words what the machine refuses: a number larger than any row's, a full disk."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """SQLite takes no such number; a full disk is ours to mend, and nothing was saved."""
        if isinstance(exception, OverflowError):
            return not_found(request, exception)
        if isinstance(exception, OSError) and exception.errno in {errno.ENOSPC, errno.EDQUOT}:
            log.error("disk_full")
            return disk_full(request)
        return None
