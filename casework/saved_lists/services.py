# SPDX-License-Identifier: EUPL-1.2
"""The only writers of a person's lists. Each is the person's own, so nobody else's right is asked.

A list that somebody else saved is answered as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.organisation.models import User
from casework.saved_lists.models import DoneTogether, ListColumns, SavedList

MOST_LISTS = 40
"""So many a person may have saved of one list; more could not be found again."""

MOST_COLUMNS = 30


@transaction.atomic
def save_list(
    *,
    actor: User,
    listing: str,
    name: str,
    query: str,
    columns: Sequence[str] = (),
    is_start: bool = False,
) -> SavedList:
    """Save filters, search and sorting under a name; the same name again replaces what it held.

    Raises:
        ValidationError: the name is missing or too long, the question is too long, or there are
            too many.
    """
    name = _named(name)
    if len(query) > 1000:
        raise ValidationError(_("Urvalet är för långt för att sparas. Välj färre filter."))
    others = SavedList.objects.filter(user=actor, listing=listing).exclude(name=name)
    if others.count() >= MOST_LISTS:
        raise ValidationError(
            _("Du har redan %(count)s sparade urval. Ta bort något först.") % {"count": MOST_LISTS}
        )
    if is_start:
        others.update(is_start=False)
    row, _created = SavedList.objects.update_or_create(
        user=actor,
        listing=listing,
        name=name,
        defaults={
            "query": query,
            "columns": list(columns)[:MOST_COLUMNS],
            "is_start": is_start,
        },
    )
    return row


@transaction.atomic
def change_list(*, actor: User, saved: SavedList, name: str, is_start: bool) -> SavedList:
    """Give a saved list another name, and say whether the list opens with it.

    Raises:
        PermissionDenied: it is somebody else's.
        ValidationError: the name is missing, too long or taken.
    """
    _require_own(actor, saved)
    name = _named(name)
    others = SavedList.objects.filter(user=actor, listing=saved.listing).exclude(pk=saved.pk)
    if others.filter(name=name).exists():
        raise ValidationError({"name": _("Du har redan ett urval med det namnet.")})
    if is_start:
        others.update(is_start=False)
    saved.name, saved.is_start = name, is_start
    saved.save(update_fields=["name", "is_start"])
    return saved


def remove_list(*, actor: User, saved: SavedList) -> None:
    """Throw a saved list away; what it found stays where it is.

    Raises:
        PermissionDenied: it is somebody else's.
    """
    _require_own(actor, saved)
    saved.delete()


def choose_columns(
    *, actor: User, listing: str, columns: Sequence[str], saved: SavedList | None = None
) -> None:
    """Say which columns to see, in order: in one saved list, or wherever none says otherwise.

    Raises:
        PermissionDenied: the saved list is somebody else's.
        ValidationError: no column is left.
    """
    chosen = list(dict.fromkeys(columns))[:MOST_COLUMNS]
    if not chosen:
        raise ValidationError({"columns": _("Välj minst en kolumn.")})
    if saved is not None:
        _require_own(actor, saved)
        saved.columns = chosen
        saved.save(update_fields=["columns"])
        return
    ListColumns.objects.update_or_create(user=actor, listing=listing, defaults={"columns": chosen})


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": _("Ge urvalet ett namn.")})
    if len(name) > 60:
        raise ValidationError({"name": _("Namnet får vara högst 60 tecken.")})
    return name


def _require_own(actor: User, saved: SavedList) -> None:
    if saved.user_id != actor.pk:
        raise PermissionDenied(_("Urvalet är någon annans."))


@transaction.atomic
def note_together(*, actor: User, kind: str, rows: Sequence[Mapping[str, Any]]) -> DoneTogether:
    """Remember for a day what the person did with many at once; what is older is forgotten."""
    past = timezone.now() - DoneTogether.LASTS
    DoneTogether.objects.filter(user=actor, at__lte=past).delete()
    return DoneTogether.objects.create(user=actor, kind=kind, rows=[dict(row) for row in rows])


def keep_left(*, actor: User, done: DoneTogether, rows: Sequence[Mapping[str, Any]]) -> None:
    """Remember what is left to undo; where nothing is, forget it.

    Raises:
        PermissionDenied: somebody else did it.
    """
    if done.user_id != actor.pk:
        raise PermissionDenied(_("Det får bara den som gjorde det."))
    if not rows:
        done.delete()
        return
    done.rows = [dict(row) for row in rows]
    done.save(update_fields=["rows"])
