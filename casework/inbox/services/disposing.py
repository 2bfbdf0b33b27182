# SPDX-License-Identifier: EUPL-1.2
"""Disposal of what came in and is in no case: only by a recorded decision (arkivlagen 10 §)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.archive.models import DisposalDecision
from casework.archive.permissions import require_dispose
from casework.archive.services.disposal import delete_files
from casework.inbox import events
from casework.inbox.models import InboxFile, InboxItem
from casework.inbox.selectors import due_items
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation.models import User

MOST = 400
"""So many items are disposed of at once."""


@transaction.atomic
def dispose_items(
    *, decision: DisposalDecision, items: Iterable[InboxItem], actor: User | None
) -> int:
    """Dispose of what the decision reaches of these items; return how many.

    Words, sender and files go. That something came, when, and what became of it stay, with the
    decision. Each item is asked anew under its lock: what has been taken back since the list was
    shown is left alone.

    Raises:
        PermissionDenied: only a registrar of the decision's authority.
        ValidationError: more items than are disposed of at once.
    """
    require_dispose(actor, decision.authority)
    chosen = sorted({item.pk for item in items})
    if len(chosen) > MOST:
        raise ValidationError(_("Högst %(most)s poster åt gången.") % {"most": MOST}, code="many")
    # Items are locked before the chain (docs/mechanisms/locking.md), then read as they are now.
    list(InboxItem.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"))
    count = 0
    for item in due_items(decision).filter(pk__in=chosen).order_by("pk"):
        names = files_of(item)
        item.title = item.text = item.sender_name = item.sender_address = item.message_id = ""
        item.disposed_at, item.disposal = timezone.now(), decision
        item.save()
        item.copies.all().delete()
        item.forwardings.all().delete()
        log(
            events.DISPOSED,
            item,
            actor=actor,
            after={"decision": decision.reference, "files": len(names)},
            rows=digests_of(item),
        )
        transaction.on_commit(partial(delete_files, names))
        count += 1
    return count


def files_of(item: InboxItem) -> list[str]:
    """The names under which the item's files are stored."""
    rows = InboxFile.objects.filter(item=item).exclude(file="")
    return list(rows.values_list("file", flat=True))
