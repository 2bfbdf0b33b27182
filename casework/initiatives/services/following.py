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
from casework.journal.digests import digests_of
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
    return _let_follow(initiative, user, role, actor)


def _let_follow(initiative: Initiative, user: User, role: str, actor: User | None) -> Follower:
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


def note_joined(*, initiative: Initiative, into: Initiative, actor: User) -> None:
    """Keep which initiative goes on instead, and let all who follow the one follow the other.

    The contact person stands for both already. Called by process with the step that it follows
    from, whose right was asked there.
    """
    initiative.joined_to = into
    initiative.save(update_fields=["joined_to"])
    log(
        events.JOINED,
        initiative,
        actor=actor,
        after={"into": into.pk, "title": into.title},
        rows=digests_of(initiative),
    )
    let_all_follow(initiative=initiative, into=into, actor=actor)


def let_all_follow(*, initiative: Initiative, into: Initiative, actor: User | None) -> None:
    """Let all who follow the one follow the other, which goes on instead (R39).

    Called where they become one: by the contact person, or by the registrar in the diary.
    """
    followers = {row.user_id for row in into.current_followers()}
    for row in initiative.current_followers().select_related("user"):
        if row.user_id not in followers:
            role = FollowerRole.CO_AUTHOR if row.role == FollowerRole.ORIGINATOR else row.role
            _let_follow(into, row.user, role, actor)
