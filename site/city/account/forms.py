# SPDX-License-Identifier: EUPL-1.2
"""The forms of signing in, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l


class LoginForm(account_forms.LoginForm):
    """Name and password; an error says how to go on without saying which was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, missing in (
            ("login", _("Användarnamn"), _("Skriv ditt användarnamn.")),
            ("password", _("Lösenord"), _("Skriv ditt lösenord.")),
        ):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.error_messages["required"] = missing
            field.widget.attrs.pop("placeholder", None)


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Lösenord")
        self.fields["password"].error_messages["required"] = _("Skriv ditt lösenord.")
        self.fields["password"].widget.attrs.pop("placeholder", None)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The old password and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("oldpassword", _("Nuvarande lösenord")),
            ("password1", _("Nytt lösenord")),
            ("password2", _("Nytt lösenord en gång till")),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = _("Fyll i lösenordet.")
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = _("Minst 12 tecken, inte ett vanligt lösenord.")


class _Code:
    """A field for the code of the app, or one of the saved ones."""

    fields: dict[str, Any]

    def _name_the_code(self, help_text: str = "") -> None:
        field = self.fields["code"]
        field.label = _("Kod")
        field.help_text = help_text
        field.error_messages["required"] = _("Skriv koden.")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["inputmode"] = "numeric"


class AuthenticateForm(_Code, mfa_forms.AuthenticateForm):
    """The code at log-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_the_code(_("Sex siffror ur appen, eller en av dina reservkoder."))


class ReauthenticateByCodeForm(_Code, mfa_forms.ReauthenticateForm):
    """The code once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_the_code(_("Sex siffror ur appen, eller en av dina reservkoder."))


class ActivateAppForm(_Code, totp_forms.ActivateTOTPForm):
    """The first code, which shows that the app and the city agree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_the_code(_("De sex siffror som appen visar nu."))


class _KeyName:
    fields: dict[str, Any]

    def _name_the_key(self) -> None:
        self.fields["name"].label = _("Namn på nyckeln")
        self.fields["name"].help_text = _("Till exempel ”min telefon” eller ”USB-nyckeln”.")


class AddKeyForm(_KeyName, webauthn_forms.AddWebAuthnForm):
    """A security key or a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_the_key()
        self.fields["passwordless"].label = _("Logga in utan lösenord med nyckeln")
        self.fields["passwordless"].help_text = _(
            "Nyckeln kräver då ditt fingeravtryck, ditt ansikte eller din pinkod."
        )


class EditKeyForm(_KeyName, webauthn_forms.EditWebAuthnForm):
    """The name of a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_the_key()


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
