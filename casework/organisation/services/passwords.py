# SPDX-License-Identifier: EUPL-1.2
"""A new password for somebody who has lost theirs, and changing one's own.

No password is journalled or stored in the clear: the one-time one is returned once.
"""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.organisation import events
from casework.organisation.models import User
from casework.organisation.permissions import may_reset_password, require_administrator

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Those that are not taken for each other when they are read aloud."""


@transaction.atomic
def reset_password(*, person: User, actor: User) -> str:
    """Give a person a one-time password, to be changed at the first sign-in; returns it.

    Whoever is signed in on the account is signed out by it.

    Raises:
        PermissionDenied: only the administrator, never for oneself or for a superuser.
        ValidationError: the account is closed.
    """
    require_administrator(actor)
    row = User.objects.select_for_update().get(pk=person.pk)
    if not may_reset_password(actor, row):
        raise PermissionDenied(
            _("Administratören ger inte sig själv eller driftens konton ett nytt lösenord.")
        )
    if not row.is_active:
        raise ValidationError(_("Kontot är stängt. Öppna det först."), code="closed")
    password = "-".join("".join(secrets.choice(LETTERS) for _n in range(5)) for _part in range(4))
    row.set_password(password)
    row.must_change_password = True
    row.save(update_fields=["password", "must_change_password"])
    log(events.PASSWORD_RESET, row, actor=actor, after={"username": row.username})
    return password


@transaction.atomic
def change_own_password(*, user: User, password: str) -> User:
    """Change one's own password; a one-time one has then done its work.

    Raises:
        ValidationError: it is too easily guessed, or is the one that is to be changed.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    validate_password(password, row)
    if row.check_password(password):
        raise ValidationError(_("Välj ett annat lösenord än det du har nu."), code="same")
    row.set_password(password)
    row.must_change_password = False
    row.save(update_fields=["password", "must_change_password"])
    log(events.PASSWORD_CHANGED, row, actor=row, after={"username": row.username})
    return row
