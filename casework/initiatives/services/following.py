# SPDX-License-Identifier: EUPL-1.2
"""Who is told what happens to an initiative, and sees its case (R39)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives import events
from casework.initiatives.enums import FollowerRole
from casework.initiatives.models import Follower, Initiative
from casework.initiatives.permissions import may_let_follow
from casework.journal.services import log
from casework.organisation.models import User
from casework.register.services import set_followers


@transaction.atomic
def follow(*, initiative: Initiative, user: User, role: str, actor: User | None) -> Follower:
    """Let a person follow; somebody who follows already goes on as before.

    Following opens the case, not its secret records.

    Raises:
        PermissionDenied: only originator, contact person and officer let others follow.
    """
    if actor is not None and not may_let_follow(actor, initiative):
        raise PermissionDenied(
            _("Det får bara förslagsställaren, kontaktpersonen och handläggaren göra.")
        )
    row, created = Follower.objects.get_or_create(
        initiative=initiative, user=user, until=None, defaults={"role": role}
    )
    if created:
        log(
            events.FOLLOWED,
            row,
            actor=actor,
            about=initiative,
            after={"user": str(user), "user_id": user.pk, "role": role},
        )
        _follow_in_case(initiative, actor)
    return row


@transaction.atomic
def unfollow(*, follower: Follower, actor: User) -> None:
    """Let a person stop following; the originator always follows.

    Raises:
        PermissionDenied: only the person, or who may let others follow.
        ValidationError: it is the originator.
    """
    initiative = follower.initiative
    if actor.pk != follower.user_id and not may_let_follow(actor, initiative):
        raise PermissionDenied(
            _("Det får bara förslagsställaren, kontaktpersonen och handläggaren göra.")
        )
    if follower.role == FollowerRole.ORIGINATOR:
        raise ValidationError(_("Förslagsställaren följer alltid sitt initiativ."))
    follower.until = timezone.now()
    follower.save(update_fields=["until"])
    log(
        events.UNFOLLOWED,
        follower,
        actor=actor,
        about=initiative,
        after={"user": str(follower.user), "user_id": follower.user_id},
    )
    _follow_in_case(initiative, actor)


def _follow_in_case(initiative: Initiative, actor: User | None) -> None:
    if initiative.case is not None:
        users = [row.user for row in initiative.current_followers().select_related("user")]
        set_followers(case=initiative.case, users=users, actor=actor)
