# SPDX-License-Identifier: EUPL-1.2
"""Writing what is searched of a case (docs/mechanisms/outbox.md)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from casework.journal.services import lock_chain
from casework.register.models import Case, Record, TextPart
from casework.register.services.projections import announce


@transaction.atomic
def write_text(
    *,
    case: Case,
    kind: str,
    text: str,
    record: Record | None = None,
    key: str = "",
    is_public: bool = False,
) -> None:
    """Keep a text to be searched: a new one, or in place of the one with the same key.

    It is called by the service whose event it belongs to, which asked for the right; a text of a
    record is found only by those who may see the record. An empty text takes away the one that
    was there.

    Args:
        is_public: everybody may search it as long as the case is published. For what a body gave
            as its reason, never for what a person wrote (OSL 5:2).
    """
    write_texts(case=case, kind=kind, texts={key: text}, record=record, is_public=is_public)


@transaction.atomic
def write_texts(
    *,
    case: Case,
    kind: str,
    texts: Mapping[str, str],
    record: Record | None = None,
    is_public: bool = False,
) -> None:
    """Keep several texts of a kind by their keys; the case is announced if any of them changed."""
    wanted = {key: clean_text(text) for key, text in texts.items()}
    stored = {
        row.key: row
        for row in TextPart.objects.filter(case=case, record=record, kind=kind, key__in=wanted)
    }
    gone = [row.pk for key, row in stored.items() if not wanted[key]]
    changed = [
        row
        for key, row in stored.items()
        if wanted[key] and (row.text, row.is_public) != (wanted[key], is_public)
    ]
    new = [
        TextPart(case=case, record=record, kind=kind, key=key, text=text, is_public=is_public)
        for key, text in wanted.items()
        if text and key not in stored
    ]
    if not (gone or changed or new):
        return
    # The order of locks: the chain before the case (docs/mechanisms/locking.md).
    lock_chain(case.chain)
    TextPart.objects.filter(pk__in=gone).delete()
    for row in changed:
        row.text, row.is_public = wanted[row.key], is_public
    TextPart.objects.bulk_update(changed, ["text", "is_public"])
    TextPart.objects.bulk_create(new)
    Case.objects.filter(pk=case.pk).update(change_number=F("change_number") + 1)
    case.refresh_from_db(fields=["change_number"])
    announce(case, narrows=bool(gone or changed))


def clean_text(text: str) -> str:
    """A text as it can be kept: PostgreSQL has no NUL in one."""
    return text.replace("\x00", "").strip()
