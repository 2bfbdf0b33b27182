# SPDX-License-Identifier: EUPL-1.2
"""Sending on what came to the wrong place, to another authority here or to an address."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.inbox import events
from casework.inbox.enums import ItemState
from casework.inbox.models import Forwarding, InboxFile, InboxItem
from casework.inbox.services.taking import note, taken
from casework.inbox.tasks import enqueue
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation.models import Authority, User


@transaction.atomic
def forward_item(
    *,
    item: InboxItem,
    actor: User | None,
    authority: Authority | None = None,
    address: str = "",
    reason: str = "",
) -> None:
    """Send the item on: into another authority's inbox, or by mail as it came.

    Raises:
        PermissionDenied: the person does not keep the authority's diary.
        ValidationError: it is dealt with already, or not exactly one receiver is named.
    """
    now = taken(item, actor)
    address = address.strip()
    if bool(authority) == bool(address):
        raise ValidationError({"address": _("Välj en myndighet eller skriv en adress.")})
    if address:
        validate_email(address)
        if address.casefold() == now.sender_address:
            raise ValidationError({"address": _("Det är avsändarens egen adress.")})
    if authority is not None and authority.pk == now.authority_id:
        raise ValidationError({"authority": _("Posten finns redan hos den myndigheten.")})
    now.state, now.reason = ItemState.FORWARDED, reason.strip()
    now.forwarded_to, now.forwarded_address = authority, address
    there = _put_in(now, authority, actor) if authority is not None else None
    note(
        now,
        events.FORWARDED,
        actor=actor,
        before={"state": ItemState.NEW.value},
        after={
            "state": ItemState.FORWARDED.value,
            "authority": authority.pk if authority else None,
            "item": there.pk if there else None,
        },
        reason=now.reason,
    )
    if address:
        sending = Forwarding.objects.create(item=now, address=address)
        transaction.on_commit(partial(enqueue, sending.pk))
    item.__dict__.update(now.__dict__)


def _put_in(item: InboxItem, authority: Authority, actor: User | None) -> InboxItem:
    """A copy in the other authority's inbox, or what came there by itself."""
    copy = InboxItem(
        authority=authority,
        kind=item.kind,
        nature=item.nature,
        title=item.title,
        sender_name=item.sender_name,
        sender_address=item.sender_address,
        text=item.text,
        # It has come to that authority when it is there (TF 2:9).
        sent_at=item.sent_at,
        digest=item.digest,
        message_id=item.message_id,
        source=_("Från %(authority)s") % {"authority": item.authority.code},
        left_out=item.left_out,
    )
    copy.received_at = timezone.now()
    try:
        with transaction.atomic():
            copy.save(force_insert=True)
    except IntegrityError:
        return InboxItem.objects.get(authority=authority, digest=item.digest)
    files = []
    for row in item.files.order_by("pk"):
        again = InboxFile(
            item=copy,
            original_name=row.original_name,
            content_type=row.content_type,
            size=row.size,
            sha256=row.sha256,
            is_original=row.is_original,
            refusal=row.refusal,
        )
        if row.file:
            with row.file.open("rb") as file:
                again.file.save(row.original_name, ContentFile(file.read()), save=False)
        again.save(force_insert=True)
        files.append(again)
    log(
        events.RECEIVED,
        copy,
        actor=actor,
        after={"kind": str(copy.kind), "nature": str(copy.nature), "state": str(copy.state),
               "from": item.pk, "files": len(files)},
        rows=digests_of(copy, *files),
    )  # fmt: skip
    return copy
