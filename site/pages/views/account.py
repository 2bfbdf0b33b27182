# SPDX-License-Identifier: EUPL-1.2
"""Logging in and out in the city's own look."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.organisation.enums import Role
from casework.organisation.models import Appointment, User

DEMO_PASSWORD = "demo"  # noqa: S105  the made-up city's, told to everybody on the page


class LoginForm(AuthenticationForm):
    """Django's own form in our words; an error says how to go on without saying which was wrong."""

    error_messages = {
        "invalid_login": _l(
            "Kontot och lösenordet hör inte ihop. Kontrollera båda; lösenordet skiljer på stora "
            "och små bokstäver."
        ),
        "inactive": _l("Kontot är avstängt. Hör med administratören."),
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
        if settings.DEMO:
            context["demo_accounts"] = demo_accounts()
            context["demo_password"] = DEMO_PASSWORD
        return context


class LogoutView(auth_views.LogoutView):
    """Logs out and returns to the start page."""


#: In the order in which an initiative meets them.
WALK = (
    Role.LIAISON,
    Role.REGISTRAR,
    Role.OFFICER,
    Role.GROUP_CHAIR,
    Role.GROUP_MEMBER,
    Role.EXECUTIVE_OFFICE,
    Role.COMMITTEE_MEMBER,
    Role.COUNCIL_MEMBER,
    Role.DECISION_RECORDER,
    Role.ADMINISTRATOR,
    Role.READER,
)
EMPLOYEES_SHOWN = 20


def demo_accounts() -> dict[str, list[dict[str, str]]]:
    """The accounts to try, in the order of an initiative's walk; one per role, then the others."""
    held: dict[User, dict[str, list[str]]] = {}
    rows = Appointment.objects.in_force().filter(user__is_active=True)
    for row in rows.select_related("user", "body", "administration", "authority"):
        held.setdefault(row.user, {}).setdefault(row.role, []).append(str(row.scope))
    employees = User.objects.filter(is_active=True, appointments=None).exclude(administration=None)
    accounts = [
        _account(user, _("Medarbetare, %(where)s") % {"where": user.administration})
        for user in sorted(
            employees.select_related("administration")[:EMPLOYEES_SHOWN],
            key=lambda user: (len(user.username), user.username),
        )
    ]
    first, more = accounts[:1], accounts[1:]
    for role in WALK:
        theirs = sorted((user for user in held if role in held[user]), key=lambda u: len(held[u]))
        known = {account["username"] for account in (*first, *more)}
        new = [_account(u, _roles(held[u])) for u in theirs if u.username not in known]
        first += new[:1]
        more += new[1:]
    return {"first": first, "more": more}


def _account(user: User, role: str) -> dict[str, str]:
    return {"username": user.username, "name": str(user), "role": role}


def _roles(held: dict[str, list[str]]) -> str:
    """A person's roles in a line: the body when it is one, else how many."""
    found = []
    for role, scopes in held.items():
        label = str(Role(role).label)
        where = scopes[0] if len(scopes) == 1 else _("%(n)s organ") % {"n": len(scopes)}
        found.append(label if where.startswith(label) else f"{label}, {where}")
    return "; ".join(found)


@login_required
def after_login(request: HttpRequest) -> HttpResponse:
    """Send people to the place where they have something to do."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    return redirect("originator_home")
