# SPDX-License-Identifier: EUPL-1.2
"""Keeps the administrators' group in step with the appointments where it opens anything."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from casework.organisation.models import User
from desk.organisation.editors import sync_editor

EDITORIAL = ("/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/bulk/")


class EditorMiddleware:
    """An appointment that has ended closes pages, pictures and documents at the next click (R16)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Compare group and appointments before Wagtail asks the group."""
        if request.path.startswith(EDITORIAL) or request.path == "/admin/":
            user = request.user
            if isinstance(user, User) and user.is_active and not user.is_superuser:
                sync_editor(user)
        return self.get_response(request)
