# SPDX-License-Identifier: EUPL-1.2
"""Trying another order for oneself: a private copy of the group's draft (R33).

It decides nothing, is never fixed, and nobody but its owner reads it. The journal tells of it only
when the chair takes it over: then the group's draft is saved, as by any other saving.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.organisation.models import User
from casework.planning.models import RoundArea
from casework.prioritisation import permissions
from casework.prioritisation.models import OrderedList, Rehearsal
from casework.prioritisation.selectors import group_order, rehearsed_order
from casework.prioritisation.services.area import save_order
from casework.prioritisation.services.lists import group_in_sentence, locked_area
from casework.process.services import ImpossibleTransition

MOST_COPIES = 10
"""So many copies a person has of one area's list; more could not be told apart."""

MAX_NAME = 80


@transaction.atomic
def keep_rehearsal(
    *, area: RoundArea, name: str, actor: User, order: Sequence[int] | None = None
) -> Rehearsal:
    """Keep a copy under a name; the same name again replaces its order.

    Args:
        order: primary keys of the admitted candidacies that the person sees, first one first; the
            group's own order unless told.

    Raises:
        PermissionDenied: the person does not sit in the area's group.
        ValidationError: the name is missing or too long, there are too many copies, the order is
            not what waits, or the list is fixed.
    """
    row = locked_area(area)
    permissions.require(permissions.may_order_area(actor, row), group_in_sentence(row))
    if row.is_fixed:
        raise ImpossibleTransition(_("Listan är redan fastställd."))
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": _("Ge kopian ett namn.")})
    if len(name) > MAX_NAME:
        raise ValidationError({"name": _("Namnet är för långt. Högst 80 tecken får plats.")})
    own = Rehearsal.objects.filter(area=row, person=actor)
    if own.exclude(name=name).count() >= MOST_COPIES:
        raise ValidationError(
            _("Du har redan %(count)s kopior. Kasta någon först.") % {"count": MOST_COPIES}
        )
    seen = group_order(row, actor)
    wanted = list(seen if order is None else order)
    if sorted(wanted) != sorted(seen):
        raise ValidationError(
            _("Listan stämmer inte längre med de initiativ som väntar. Ladda om och ordna igen."),
            code="order",
        )
    copy, _created = Rehearsal.objects.update_or_create(
        area=row, person=actor, name=name,
        defaults={"order": wanted, "saved_at": timezone.now()},
    )  # fmt: skip
    return copy


@transaction.atomic
def throw_rehearsal(*, rehearsal: Rehearsal, actor: User) -> None:
    """Throw a copy away.

    Raises:
        PermissionDenied: it is somebody else's.
    """
    _require_own(rehearsal, actor)
    rehearsal.delete()


@transaction.atomic
def take_over_rehearsal(
    *, rehearsal: Rehearsal, actor: User, edition: int | None = None
) -> OrderedList:
    """Make one's copy the group's draft and throw it away; the chair's right.

    What came to the list since stands last, as in the copy. Reasons stay with their initiatives.

    Args:
        edition: of the draft when the page was opened.

    Raises:
        PermissionDenied: it is somebody else's, or the person does not chair the group.
        ValidationError: as :func:`casework.prioritisation.services.save_order`.
    """
    _require_own(rehearsal, actor)
    row = locked_area(rehearsal.area)
    permissions.require(
        permissions.may_reopen_area(actor, row),
        _("ordföranden i %(body)s") % {"body": group_in_sentence(row)},
    )
    list_ = save_order(
        area=row, order=rehearsed_order(rehearsal, group_order(row, actor)), actor=actor,
        edition=edition,
    )  # fmt: skip
    rehearsal.delete()
    return list_


def _require_own(rehearsal: Rehearsal, actor: User) -> None:
    if rehearsal.person_id != actor.pk or not actor.is_active:
        raise PermissionDenied(_("Kopian är någon annans."))
