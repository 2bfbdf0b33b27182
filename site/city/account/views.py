# SPDX-License-Identifier: EUPL-1.2
"""Logging in and out in the city's own look."""

from __future__ import annotations

import re
from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base.views import IndexView
from allauth.socialaccount.adapter import get_adapter as get_city_login_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from casework.organisation.models import User
from casework.organisation.permissions import needs_second_factor
from casework.organisation.services import change_own_password
from city.account.demo_accounts import DEMO_PASSWORD, demo_accounts
from city.account.forms import NewPasswordForm
from ui.calendar import calendar_of, reader_of

_STEP = re.compile(r"/initiativ/\d+/steg-\d+/")
"""The pages on which an originator writes."""


class LoginView(account_views.LoginView):
    """The one log-in page, for desk and originators; in the demo it lists the accounts.

    Throttled by the library: per account and per address, counted in the shared cache.
    """

    template_name = "city/account/login.html"

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
        """Add the city's own directory, and the demo accounts in the demo only."""
        context = super().get_context_data(section="login", **kwargs)
        if not context["form"].errors:
            context["reason"] = _why(self.get_next_url() or "")
        context["city_logins"] = [
            (provider.name, provider.get_login_url(self.request, next=self.get_next_url() or ""))
            for provider in get_city_login_adapter().list_providers(self.request)
        ]
        if settings.DEMO:
            context["demo_accounts"] = demo_accounts()
            context["demo_password"] = DEMO_PASSWORD
        return context


class AccountView(IndexView):
    """What keeps the account safe, and whether something is missing before the desk opens."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether this person must have a second factor."""
        context = super().get_context_data(**kwargs)
        context["must_have_factor"] = (
            settings.SECOND_FACTOR_REQUIRED
            and not context["is_mfa_enabled"]
            and needs_second_factor(self.request.user)
        )
        return context


class ChangePasswordView(account_views.PasswordChangeView):
    """A new password; people who sign in by the city's directory have none here."""

    template_name = "city/account/password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a signed-in person with a password."""
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
        if not request.user.has_usable_password():
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


@never_cache
def desk_login(request: HttpRequest) -> HttpResponse:
    """Lead from Wagtail's own log-in address to the one form; there is no second door."""
    wanted = request.GET.get("next", "")
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return redirect(f"{reverse('account_login')}{query}")


def city_login_failed(request: HttpRequest) -> HttpResponse:
    """Say that the city's directory did not answer as it should, beside the other way in."""
    messages.error(request, _("Inloggningen hos staden gick inte att slutföra. Försök igen."))
    return redirect("account_login")


def _why(address: str) -> str:
    """Why somebody was sent to log in, by the page that sent them; nothing if they came themselves.

    Only the originator's form keeps what was typed, so only there it is said.
    """
    if not address:
        return ""
    if _STEP.match(address):
        return "writing"
    return "initiative" if address.startswith(reverse("originator_home")) else "page"


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
    """Choose a password of one's own instead of the one-time one; later ones need the old."""
    assert isinstance(request.user, User)  # login_required stands before
    if not request.user.must_change_password:
        return redirect("account_change_password")
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
    return render(request, "city/account/new_password.html", {"form": form, "section": "login"})


@require_GET
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """A person's days for their own calendar program, which cannot sign in (R53)."""
    reader = reader_of(key)
    if reader is None:
        raise Http404
    answer = HttpResponse(
        calendar_of(reader, name=f"Initiativ, {settings.CITY_NAME}"),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
