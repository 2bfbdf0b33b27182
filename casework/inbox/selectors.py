# SPDX-License-Identifier: EUPL-1.2
"""Reading the inbox: what waits, what is before and after, and what was done last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from casework.archive.models import DisposalDecision
from casework.inbox.enums import ItemState
from casework.inbox.models import Forwarding, InboxCopy, InboxItem, ItemQuerySet
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Authority, User
from casework.process.mandates import diary_authority
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


def with_place(user: User) -> ItemQuerySet:
    """The items that the person sees, each with its place; read it by :func:`place_of`."""
    rows = InboxItem.objects.visible_to(user).waiting()
    same = Q(received_at=OuterRef("received_at"))
    earlier = Q(received_at__lt=OuterRef("received_at")) | same & Q(pk__lt=OuterRef("pk"))
    later = Q(received_at__gt=OuterRef("received_at")) | same & Q(pk__gt=OuterRef("pk"))
    before = rows.filter(earlier).order_by("-received_at", "-pk").values("pk")[:1]
    found: ItemQuerySet = InboxItem.objects.visible_to(user).annotate(
        place_before=Subquery(before),
        place_after=Subquery(rows.filter(later).values("pk")[:1]),
        place_count=_counted(rows),
        place_number=_counted(rows.filter(earlier)),
        has_copies=Exists(InboxCopy.objects.filter(item=OuterRef("pk"))),
    )
    return found


def item_and_last(user: User, pk: int) -> ItemQuerySet:
    """An item with its place, and what the person did last (``is_last``), by one query."""
    wanted = Q(pk=pk) | Q(is_last=True)
    latest = Subquery(_last_done(user).values("pk")[:1])
    found: ItemQuerySet = (
        with_place(user)
        .annotate(is_last=ExpressionWrapper(Q(pk=latest), BooleanField()))
        .filter(wanted)
        .select_related("authority", "case", "record", "order", "done_by", "forwarded_to")
    )
    return found


def copies_of(item: InboxItem) -> list[InboxCopy]:
    """Where else an item came that is from :func:`with_place`; few came twice."""
    row: Any = item
    return list(item.copies.order_by("pk")) if row.has_copies else []


def _counted(rows: ItemQuerySet) -> Coalesce:
    one = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(one.annotate(count=Count("pk")).values("count")), 0)


def place_of(item: InboxItem) -> Place:
    """The place of an item that came from :func:`with_place`."""
    row: Any = item
    return Place(row.place_number + 1, row.place_count, row.place_before, row.place_after)


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
    told = rows.select_related("case", "record", "order", "done_by", "forwarded_to")
    return told.order_by("-done_at")


def last_done(user: User) -> InboxItem | None:
    """What the person did last, while it is offered to be taken back."""
    return _last_done(user).select_related("case", "record", "order", "forwarded_to").first()


def due_items(decision: DisposalDecision, user: User | None = None) -> ItemQuerySet:
    """What is in no case and the decision reaches today, the oldest first.

    An order's mail not before the receipt has had its time, and what is sent on not before it has
    arrived: until then somebody may have to read it again.

    Args:
        user: who looks; nobody means the software itself.
    """
    rows = InboxItem.objects.all() if user is None else InboxItem.objects.visible_to(user)
    today = timezone.localdate()
    months = today.year * 12 + today.month - 1 - (decision.inbox_after_months or 0)
    zone = timezone.get_current_timezone()
    first = dt.datetime(months // 12, months % 12 + 1, 1, tzinfo=zone)
    found: ItemQuerySet = (
        rows.filter(
            authority=decision.authority_id,
            state__in=decision.inbox,
            disposed_at=None,
            done_at__lt=first,
            case=None,
            order=None,
        )
        .exclude(Exists(Forwarding.objects.filter(item=OuterRef("pk"), is_done=False)))
        .order_by("done_at", "pk")
    )
    return found


def _last_done(user: User) -> ItemQuerySet:
    rows = InboxItem.objects.visible_to(user).exclude(state=ItemState.NEW)
    since = timezone.now() - UNDO_WITHIN
    return rows.filter(done_by=user, done_at__gte=since).order_by("-done_at")


def mail_authority(code: str = "") -> Authority | None:
    """The authority whose inbox is filled: the named one, or that which keeps the model's diary."""
    if code:
        return Authority.objects.filter(code=code).first()
    if (office := diary_authority()) is not None:
        return office
    found = {row.authority for row in diaries()}
    return found.pop() if len(found) == 1 else None


def diaries() -> list[NumberSeries]:
    """The series that give out numbers, with their authorities."""
    rows = NumberSeries.objects.filter(is_historic=False).select_related("authority")
    return list(rows.order_by("authority__name", "code"))


def has_registrar(authority: Authority) -> bool:
    """Whether anybody keeps the authority's diary, and so sees its inbox."""
    rows = Appointment.objects.in_force().filter(role=Role.REGISTRAR, authority=authority)
    return rows.filter(user__is_active=True).exists()
