# SPDX-License-Identifier: EUPL-1.2
"""What is remembered and logged when people sign in or change what keeps their account safe."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from casework.organisation.models import User
from casework.organisation.services import tell_password, tell_second_factor

logger = structlog.get_logger(__name__)


@receiver(post_save, sender=Authenticator)
def factor_added(instance: Authenticator, *, created: bool, **kwargs: Any) -> None:
    """Journal a new factor with the row itself."""
    if created and instance.type != Authenticator.Type.RECOVERY_CODES:
        tell_second_factor(user=instance.user, kind=instance.type, added=True)


@receiver(post_delete, sender=Authenticator)
def factor_removed(instance: Authenticator, **kwargs: Any) -> None:
    """Journal that a factor is gone."""
    if instance.type != Authenticator.Type.RECOVERY_CODES:
        tell_second_factor(user=instance.user, kind=instance.type, added=False)


@receiver(password_changed)
def own_password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Journal that it was changed; the library ends the person's other sessions."""
    tell_password(user=user)


@receiver(user_logged_in)
def log_success(user: User, **kwargs: Any) -> None:
    """Who, and nothing about from where."""
    logger.info("signed_in", user=user.pk)


@receiver(user_login_failed)
def log_failure(**kwargs: Any) -> None:
    """That it happened; a mistyped name may be a password, so it is not written down."""
    logger.warning("sign_in_failed")
