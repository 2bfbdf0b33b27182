# SPDX-License-Identifier: EUPL-1.2
"""Who sets and ends reminders, ticks new records, and says who stands in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.access.tokens import Face
from casework.follow_up.models import NewRecord, Reminder
from casework.follow_up.selectors import stands_in_for
from casework.organisation.models import User
from casework.organisation.permissions import may_administer
from casework.register.models import Case
from casework.register.permissions import may_look_after


def may_remind(user: User, case: Case) -> bool:
    """Set a reminder in the case: its registrar or who handles it."""
    return may_look_after(user, case)


def has_it(user: User, holder_id: int | None, unit_id: int | None) -> bool:
    """Whether a person's or unit's work is this person's: theirs, their unit's, or stood in for."""
    if holder_id is not None:
        return holder_id == user.pk or holder_id in {row.pk for row in stands_in_for(user)}
    return unit_id is not None and unit_id == user.unit_id


def may_end_reminder(user: User, reminder: Reminder) -> bool:
    """Move a reminder or say that it is done: who has it, made it, or looks after the case.

    Only who is let in to the case; a stand-in too.
    """
    case = reminder.case
    if not case.is_open_to(user) or case.face_for(user) is not Face.INTERNAL:
        return False
    return (
        may_look_after(user, case)
        or reminder.made_by_id == user.pk
        or has_it(user, reminder.user_id, reminder.unit_id)
    )


def may_tick(user: User, new: NewRecord) -> bool:
    """Say that a new record is seen to: who has the case, stands in, or looks after it."""
    case = new.case
    if not case.is_open_to(user) or case.face_for(user) is not Face.INTERNAL:
        return False
    return may_look_after(user, case) or has_it(user, case.officer_id, case.unit_id)


def may_set_stand_in(user: User, absent: User) -> bool:
    """Say who stands in for a person: they themselves, or an administrator."""
    return user.is_active and (user.pk == absent.pk or may_administer(user))


def require(allowed: bool, sentence: str | Promise) -> None:
    """Raise PermissionDenied with the sentence unless it is allowed."""
    if not allowed:
        raise PermissionDenied(str(sentence))


WHO_REMINDS = _("Det får bara registratorn eller ärendets handläggare göra.")
WHO_ENDS = _("Det får bara den som har bevakningen, den som satte den eller ärendets handläggare.")
WHO_TICKS = _("Det får bara den som har ärendet göra.")
WHO_SETS = _("Det får bara personen själv eller administratören göra.")
