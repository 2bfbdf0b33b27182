# SPDX-License-Identifier: EUPL-1.2
"""Nobody decides or administers on a password alone."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

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


def _methods(request: HttpRequest) -> set[str]:
    return {record["method"] for record in get_authentication_records(request, request.user)}
