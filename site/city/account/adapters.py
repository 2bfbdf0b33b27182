# SPDX-License-Identifier: EUPL-1.2
"""How the sign-in library meets this house: no one makes an account by herself."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.organisation.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; faults are told in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _l(
            "Fel användarnamn eller lösenord. Kontrollera båda; lösenordet skiljer på stora och "
            "små bokstäver."
        ),
        "too_many_login_attempts": _l(
            "För många misslyckade försök. Vänta fem minuter och försök igen."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: what is not given by an administrator is not had."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the place where the person has something to do."""
        return reverse("after_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("mfa_index")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what was done."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """What the authenticator app and the key are told about us."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _l("Koden stämmer inte. Vänta på nästa kod i appen och skriv den."),
    }

    def encrypt(self, text: str) -> str:
        """Keep the app's secret unreadable in the database and its copies."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read it back, also with a key that has been replaced (SECRET_KEY_FALLBACKS)."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """The name under which the app lists the account."""
        return f"Initiativ {settings.CITY_NAME}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that the browser shows when a key is made; keys belong to the host."""
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": self.get_totp_issuer()}


def _box() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"second factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class CityLoginAdapter(DefaultSocialAccountAdapter):
    """Signing in by the city's own directory (OpenID Connect), for accounts that exist here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """A person in the directory is not yet a person here."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account by the name that the directory vouches for.

        The directory is the city's own and is the only one that is configured, so its word on who
        a person is counts. Somebody without an account here is told so.
        """
        if sociallogin.is_existing:
            return
        data = sociallogin.account.extra_data
        claims = data.get("userinfo") or data.get("id_token") or data
        name = str(claims.get(settings.CITY_LOGIN_CLAIM, ""))
        user = User.objects.filter(username=name, is_active=True).first() if name else None
        if user is None:
            messages.error(
                request,
                _("Du har inget konto i Initiativ. Be stadens administratör lägga upp dig."),
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)
