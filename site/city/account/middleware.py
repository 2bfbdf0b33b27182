# SPDX-License-Identifier: EUPL-1.2
"""Nobody decides or administers on a password alone, nor stays on a one-time one."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.organisation.permissions import needs_second_factor

#: Ways of signing in that are more than a password: an app or key here, or the city's directory,
#: which has its own second factor.
STRONG = {"mfa", "socialaccount"}


class SecondFactorMiddleware:
    """Sends those who decide or administer to set up a second factor before the desk opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through, or show the way to the page where the factor is set up."""
        if (
            settings.SECOND_FACTOR_REQUIRED
            and request.path.startswith("/admin/")
            and request.user.is_authenticated
            and STRONG.isdisjoint(_methods(request))
            and needs_second_factor(request.user)
            # With a factor, signing in asks for it; only the session that set it up has not.
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)


class OneTimePasswordMiddleware:
    """Every page but the one that changes it, and logging out, waits until it is changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask only where somebody is signed in, so that public pages stay as they are."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            must = getattr(request.user, "must_change_password", False)
            open_ones = {reverse("new_password"), reverse("account_logout")}
            if must and request.path not in open_ones:
                return redirect("new_password")
        return self.get_response(request)


def _methods(request: HttpRequest) -> set[str]:
    return {record["method"] for record in get_authentication_records(request, request.user)}
