# SPDX-License-Identifier: EUPL-1.2
"""What is done to accounts by others than our own services, told to the journal.

Signing in is the sign-in library's, and a superuser's pages for users are Wagtail's. Both ask for
the right themselves; what they did stands in the chain all the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from casework.journal.services import log
from casework.organisation import events
from casework.organisation.models import User


@transaction.atomic
def tell_second_factor(*, user: User, kind: str, added: bool) -> None:
    """Journal that a second factor for signing in was added or removed."""
    event = events.SECOND_FACTOR_ADDED if added else events.SECOND_FACTOR_REMOVED
    after = {"username": user.username, "kind": kind}
    log(event, user, actor=user if added else None, after=after)


@transaction.atomic
def tell_password(*, user: User) -> None:
    """Journal that a person changed the password."""
    log(events.PASSWORD_CHANGED, user, actor=user, after={"username": user.username})


@transaction.atomic
def tell_account(
    *, user: User, actor: User, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    """Journal what a superuser changed of an account, field by field."""
    log(
        events.ACCOUNT_CHANGED,
        user,
        actor=actor,
        before=dict(before),
        after={"username": user.username, **after},
    )


@transaction.atomic
def tell_account_deleted(*, user: User, actor: User) -> None:
    """Journal, before the row is gone, that a superuser deletes an account."""
    log(events.ACCOUNT_DELETED, user, actor=actor, after={"username": user.username})
