# SPDX-License-Identifier: EUPL-1.2
"""Logging in and out in the city's own look."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class LoginView(auth_views.LoginView):
    """The one log-in page, for the desk and for originators; lists the demo accounts in the demo."""

    template_name = "pages/login.html"
    redirect_authenticated_user = True


class LogoutView(auth_views.LogoutView):
    """Logs out and returns to the start page."""


@login_required
def after_login(request: HttpRequest) -> HttpResponse:
    """Send people to the place where they have something to do."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    return redirect(settings.LOGOUT_REDIRECT_URL)
