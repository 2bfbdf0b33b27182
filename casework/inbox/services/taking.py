# SPDX-License-Identifier: EUPL-1.2
"""What all services do with an item first and last: take it, and note what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.inbox.enums import ItemState
from casework.inbox.models import InboxItem
from casework.inbox.permissions import require_sort
from casework.journal.digests import digests_of
from casework.journal.events import EventType
from casework.journal.services import log
from casework.organisation.models import User


def taken(item: InboxItem, actor: User | None, *states: str) -> InboxItem:
    """The item as it is now, locked until the transaction ends.

    Its lock comes before the chain's and the case's (docs/mechanisms/locking.md).

    Raises:
        PermissionDenied: the person does not keep the diary of the item's authority.
        ValidationError: somebody has dealt with it meanwhile.
    """
    require_sort(actor, item.authority_id)
    now = (
        InboxItem.objects.select_for_update(of=("self",))
        .select_related("authority", "done_by")
        .get(pk=item.pk)
    )
    if now.disposed_at is not None:
        raise ValidationError(_("Posten är gallrad."), code="disposed")
    if now.state not in (states or (ItemState.NEW,)):
        who = str(now.done_by) if now.done_by else _("någon annan")
        raise ValidationError(
            _("Posten är redan hanterad av %(who)s: %(state)s.")
            % {"who": who, "state": now.get_state_display().lower()},
            code="done",
        )
    return now


def note(
    item: InboxItem,
    event: EventType,
    *,
    actor: User | None,
    before: Mapping[str, object],
    after: Mapping[str, object],
    reason: str = "",
) -> None:
    """Save what became of the item, and journal it: ids and codes, never what it says."""
    item.done_at, item.done_by = timezone.now(), actor
    item.save()
    log(
        event,
        item,
        actor=actor,
        before=dict(before),
        after=dict(after),
        reason=reason,
        rows=digests_of(item),
    )
