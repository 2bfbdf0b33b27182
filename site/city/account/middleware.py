# SPDX-License-Identifier: EUPL-1.2
"""Holds those who signed in with a one-time password until they have chosen their own."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class OneTimePasswordMiddleware:
    """Every page but the one that changes it, and logging out, waits until it is changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask only where somebody is signed in, so that public pages stay as they are."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            must = getattr(request.user, "must_change_password", False)
            open_ones = {reverse("new_password"), reverse("logout")}
            if must and request.path not in open_ones:
                return redirect("new_password")
        return self.get_response(request)
