# SPDX-License-Identifier: EUPL-1.2
"""Who may write which part of an initiative. Whether it is the time is process' to say."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.initiatives.enums import FollowerRole, Part
from casework.initiatives.models import Initiative
from casework.organisation.enums import Role
from casework.organisation.models import Administration, User
from casework.organisation.selectors import appointments_of


def is_liaison_of(user: User, administration: Administration | int) -> bool:
    """Whether the person is contact person of the förvaltning (R20)."""
    pk = administration if isinstance(administration, int) else administration.pk
    return any(
        row.role == Role.LIAISON and row.administration_id == pk for row in appointments_of(user)
    )


def require_liaison(user: User, administration: Administration) -> None:
    """Raise PermissionDenied for all but the förvaltning's contact person."""
    if not is_liaison_of(user, administration):
        raise PermissionDenied(
            _("Det får bara kontaktpersonen för %(name)s göra.") % {"name": administration}
        )


def is_co_author(user: User, initiative: Initiative) -> bool:
    """Whether the person writes the originator's part together with the originator (R21)."""
    return initiative.current_followers().filter(user=user, role=FollowerRole.CO_AUTHOR).exists()


def is_author(user: User, initiative: Initiative) -> bool:
    """Whether the person writes the originator's part: the originator, or a co-author (R21).

    Both save, attach and send. What ends the initiative, throwing the draft away or taking it
    back, is the originator's alone.
    """
    return initiative.originator_id == user.pk or is_co_author(user, initiative)


def may_write(part: str, user: User, initiative: Initiative) -> bool:
    """Whether the part is the person's to write: everybody beside the others, nobody over them."""
    if part == Part.ORIGINATOR:
        return is_author(user, initiative)
    if part == Part.PREPARATION:
        return is_liaison_of(user, initiative.administration_id)
    case = initiative.case
    return case is not None and any(
        row.role == Role.OFFICER
        and row.authority_id == case.authority_id
        and case.officer_id in (None, user.pk)
        for row in appointments_of(user)
    )


def require_writer(part: str, user: User, initiative: Initiative) -> None:
    """Raise PermissionDenied, saying whose part it is."""
    if not may_write(part, user, initiative):
        raise PermissionDenied(
            _("De svaren skriver bara %(who)s.") % {"who": str(Part(part).label).lower()}
        )


def may_let_follow(user: User, initiative: Initiative) -> bool:
    """Whether the person may let others follow: originator, contact person, officer."""
    # The originator's part last: who writes it with them has to be looked up.
    return any(may_write(part, user, initiative) for part in reversed(Part.values))
