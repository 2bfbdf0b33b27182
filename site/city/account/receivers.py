# SPDX-License-Identifier: EUPL-1.2
"""What is remembered and logged when people sign in or change what keeps their account safe."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from casework.journal.services import log
from casework.organisation.events import (
    PASSWORD_CHANGED,
    SECOND_FACTOR_ADDED,
    SECOND_FACTOR_REMOVED,
)
from casework.organisation.models import User

logger = structlog.get_logger(__name__)


@receiver(post_save, sender=Authenticator)
@transaction.atomic
def tell_added(instance: Authenticator, *, created: bool, **kwargs: Any) -> None:
    """Journal a new factor with the row itself."""
    if created and instance.type != Authenticator.Type.RECOVERY_CODES:
        log(SECOND_FACTOR_ADDED, instance.user, actor=instance.user, after=_told(instance))


@receiver(post_delete, sender=Authenticator)
@transaction.atomic
def tell_removed(instance: Authenticator, **kwargs: Any) -> None:
    """Journal that a factor is gone."""
    if instance.type != Authenticator.Type.RECOVERY_CODES:
        log(SECOND_FACTOR_REMOVED, instance.user, actor=None, after=_told(instance))


def _told(authenticator: Authenticator) -> dict[str, str]:
    return {"username": authenticator.user.username, "kind": authenticator.type}


@receiver(password_changed)
@transaction.atomic
def tell_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Journal that it was changed; the library ends the person's other sessions."""
    log(PASSWORD_CHANGED, user, actor=user, after={"username": user.username})


@receiver(user_logged_in)
def log_success(user: User, **kwargs: Any) -> None:
    """Who, and nothing about from where."""
    logger.info("signed_in", user=user.pk)


@receiver(user_login_failed)
def log_failure(**kwargs: Any) -> None:
    """That it happened; a mistyped name may be a password, so it is not written down."""
    logger.warning("sign_in_failed")
