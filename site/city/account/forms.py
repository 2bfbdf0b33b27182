# SPDX-License-Identifier: EUPL-1.2
"""The log-in form."""

from __future__ import annotations

from typing import Any

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
