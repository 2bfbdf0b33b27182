# SPDX-License-Identifier: EUPL-1.2
"""What is not registered, and why."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.inbox import events
from casework.inbox.enums import AsideReason, ItemState
from casework.inbox.models import InboxItem
from casework.inbox.services.taking import note, taken
from casework.organisation.models import User


@transaction.atomic
def set_aside(*, item: InboxItem, aside: str, actor: User | None, reason: str = "") -> None:
    """Set the item aside with a reason; it is kept, and can be taken back.

    Raises:
        PermissionDenied: the person does not keep the authority's diary.
        ValidationError: it is dealt with already, or the reason is missing.
    """
    now = taken(item, actor)
    if aside not in AsideReason.values:
        raise ValidationError({"aside": _("Välj varför den inte registreras.")}, code="required")
    if aside == AsideReason.OTHER and not reason.strip():
        raise ValidationError({"reason": _("Skriv skälet.")}, code="required")
    now.state, now.aside, now.reason = ItemState.SET_ASIDE, aside, reason.strip()
    note(
        now,
        events.SET_ASIDE,
        actor=actor,
        before={"state": ItemState.NEW.value},
        after={"state": ItemState.SET_ASIDE.value, "aside": str(aside)},
        reason=now.reason,
    )
    item.__dict__.update(now.__dict__)
