# SPDX-License-Identifier: EUPL-1.2
"""Logging in and out in the city's own look."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casework.organisation.models import User
from casework.organisation.services import change_own_password
from city.account.demo_accounts import DEMO_PASSWORD, demo_accounts
from city.account.forms import LoginForm, NewPasswordForm

_STEP = re.compile(r"/initiativ/\d+/steg-\d+/")
"""The pages on which an originator writes."""


class LoginView(auth_views.LoginView):
    """The one log-in page, for desk and originators; in the demo it lists the accounts."""

    template_name = "city/account/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell people without a desk so, instead of sending them round in a circle."""
        wants_desk = request.GET.get("next", "").startswith("/admin/")
        if (
            wants_desk
            and request.user.is_authenticated
            and not request.user.has_perm("wagtailadmin.access_admin")
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo accounts, in the demo only."""
        context = super().get_context_data(section="login", **kwargs)
        if not context["form"].errors:
            context["reason"] = _why(self.get_redirect_url())
        if settings.DEMO:
            context["demo_accounts"] = demo_accounts()
            context["demo_password"] = DEMO_PASSWORD
        return context


def _why(address: str) -> str:
    """Why somebody was sent to log in, by the page that sent them; nothing if they came themselves.

    Only the originator's form keeps what was typed, so only there it is said.
    """
    if not address:
        return ""
    if _STEP.match(address):
        return "writing"
    return "initiative" if address.startswith(reverse("originator_home")) else "page"


class LogoutView(auth_views.LogoutView):
    """Logs out and returns to the start page."""


@login_required
def after_login(request: HttpRequest) -> HttpResponse:
    """Send people to the place where they have something to do."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    return redirect("originator_home")


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def new_password(request: HttpRequest) -> HttpResponse:
    """Choose a password of one's own: instead of the one-time one, or at any time."""
    assert isinstance(request.user, User)  # login_required stands before
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = change_own_password(user=request.user, password=form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error.messages)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Lösenordet är bytt."))
            return redirect("after_login")
    context = {"form": form, "section": "login", "must": request.user.must_change_password}
    return render(request, "city/account/new_password.html", context)
