# SPDX-License-Identifier: EUPL-1.2
"""The log-in form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l


class LoginForm(AuthenticationForm):
    """Django's own form in our words; an error says how to go on without saying which was wrong."""

    error_messages = {
        "invalid_login": _l(
            "Fel användarnamn eller lösenord. Kontrollera båda; lösenordet skiljer på stora och "
            "små bokstäver."
        ),
        "inactive": _l("Kontot är avstängt. Hör med administratören."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Användarnamn")
        self.fields["password"].label = _("Lösenord")
        self.fields["username"].widget.attrs.pop("autofocus", None)
        self.fields["username"].error_messages["required"] = _("Skriv ditt användarnamn.")
        self.fields["password"].error_messages["required"] = _("Skriv ditt lösenord.")


class NewPasswordForm(forms.Form):
    """A password of one's own, typed twice."""

    password = forms.CharField(
        label=_l("Nytt lösenord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_l("Minst tolv tecken. Gärna flera ord."),
        error_messages={"required": _l("Skriv ett nytt lösenord.")},
    )
    again = forms.CharField(
        label=_l("Samma lösenord en gång till"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _l("Skriv lösenordet en gång till.")},
    )

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("Lösenorden är inte lika."))
        return data
