# SPDX-License-Identifier: EUPL-1.2
"""A person's own lists."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from casework.organisation.models import User
from casework.saved_lists.models import DoneTogether, ListColumns, SavedList


def lists_of(user: User, listing: str) -> QuerySet[SavedList]:
    """What the person has saved of a list, by name."""
    return SavedList.objects.filter(user=user, listing=listing).order_by("name")


def columns_of(user: User, listing: str) -> list[str]:
    """The columns that the person wants; none where nothing was chosen."""
    row = ListColumns.objects.filter(user=user, listing=listing).first()
    return list(row.columns) if row else []


def undoable(user: User) -> QuerySet[DoneTogether]:
    """What the person did with many at once and can still undo, the newest first."""
    since = timezone.now() - DoneTogether.LASTS
    return DoneTogether.objects.filter(user=user, at__gt=since).order_by("-at")
