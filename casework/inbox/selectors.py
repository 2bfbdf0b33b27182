# SPDX-License-Identifier: EUPL-1.2
"""Reading the inbox: what waits, what is before and after, and what was done last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from casework.inbox.enums import ItemState
from casework.inbox.models import InboxItem, ItemQuerySet
from casework.organisation.models import Authority, User
from casework.register.models import NumberSeries

UNDO_WITHIN = dt.timedelta(hours=8)
"""So long the lane offers to take back what one did last; later it is found in the list."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands among those that wait: "3 av 41"."""

    number: int
    count: int
    before: int | None
    after: int | None


def place_of(user: User, item: InboxItem) -> Place:
    """The item's place, and the keys of the one before and the one after."""
    rows = InboxItem.objects.visible_to(user).waiting()
    earlier = Q(received_at__lt=item.received_at) | Q(received_at=item.received_at, pk__lt=item.pk)
    later = Q(received_at__gt=item.received_at) | Q(received_at=item.received_at, pk__gt=item.pk)
    counted = rows.order_by().aggregate(
        count=Count("pk"), number=Count("pk", filter=earlier | Q(pk=item.pk))
    )
    before = rows.filter(earlier).order_by("-received_at", "-pk").values_list("pk", flat=True)
    after = rows.filter(later).values_list("pk", flat=True)
    return Place(counted["number"], counted["count"], before.first(), after.first())


def next_after(user: User, item: InboxItem) -> InboxItem | None:
    """The next that waits, the first one again after the last."""
    rows = InboxItem.objects.visible_to(user).waiting().exclude(pk=item.pk)
    later = Q(received_at__gt=item.received_at) | Q(received_at=item.received_at, pk__gt=item.pk)
    return rows.filter(later).first() or rows.first()


def waiting_count(user: User) -> int:
    """How many items wait for the person."""
    return InboxItem.objects.visible_to(user).waiting().order_by().count()


def done_lately(user: User) -> ItemQuerySet:
    """What was dealt with at the person's authorities, the newest first."""
    rows = InboxItem.objects.visible_to(user).exclude(state=ItemState.NEW)
    return rows.select_related("case", "record", "done_by", "forwarded_to").order_by("-done_at")


def last_done(user: User) -> InboxItem | None:
    """What the person did last, while it is offered to be taken back."""
    return (
        InboxItem.objects.visible_to(user)
        .filter(done_by=user, done_at__gte=timezone.now() - UNDO_WITHIN)
        .exclude(state=ItemState.NEW)
        .select_related("case", "record", "forwarded_to")
        .order_by("-done_at")
        .first()
    )


def mail_authority(code: str = "") -> Authority | None:
    """The authority whose inbox is filled: the named one, or the only one that keeps a diary."""
    if code:
        return Authority.objects.filter(code=code).first()
    series = NumberSeries.objects.filter(is_historic=False)
    found = list(Authority.objects.filter(pk__in=series.values("authority"))[:2])
    return found[0] if len(found) == 1 else None
