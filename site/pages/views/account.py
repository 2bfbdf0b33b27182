# SPDX-License-Identifier: EUPL-1.2
"""Logging in and out in the city's own look."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import Appointment, User

DEMO_PASSWORD = "demo"  # noqa: S105  the made-up city's, told to everybody on the page


class LoginForm(AuthenticationForm):
    """Django's own form in our words; an error says how to go on without saying which was wrong."""

    error_messages = {
        "invalid_login": _(
            "Kontot och lösenordet hör inte ihop. Kontrollera båda; lösenordet skiljer på stora "
            "och små bokstäver."
        ),
        "inactive": _("Kontot är avstängt. Hör med administratören."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Konto")
        self.fields["password"].label = _("Lösenord")
        self.fields["username"].widget.attrs.pop("autofocus", None)
        self.fields["username"].error_messages["required"] = _("Skriv ditt konto.")
        self.fields["password"].error_messages["required"] = _("Skriv ditt lösenord.")


class LoginView(auth_views.LoginView):
    """The one log-in page, for desk and originators; in the demo it lists the accounts."""

    template_name = "pages/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo accounts, in the demo only."""
        context = super().get_context_data(section="login", **kwargs)
        if settings.DEMO:
            context["demo_accounts"] = demo_accounts()
            context["demo_password"] = DEMO_PASSWORD
        return context


class LogoutView(auth_views.LogoutView):
    """Logs out and returns to the start page."""


def demo_accounts() -> list[dict[str, str]]:
    """The accounts to try, each with what it may do, one per role and body."""
    accounts: dict[str, dict[str, str]] = {}
    rows = Appointment.objects.in_force().filter(user__is_active=True)
    for row in rows.select_related("user", "body", "administration", "authority"):
        account = accounts.setdefault(
            row.user.username,
            {"username": row.user.username, "name": str(row.user), "role": ""},
        )
        role = f"{row.get_role_display()}, {row.scope}"
        account["role"] = f"{account['role']}; {role}" if account["role"] else role
    employees = User.objects.filter(is_active=True, appointments=None).exclude(administration=None)
    for user in employees.select_related("administration")[:3]:
        accounts[user.username] = {
            "username": user.username,
            "name": str(user),
            "role": str(_("Medarbetare, %(where)s")) % {"where": user.administration},
        }
    return list(accounts.values())


@login_required
def after_login(request: HttpRequest) -> HttpResponse:
    """Send people to the place where they have something to do."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    return redirect("originator_home")
