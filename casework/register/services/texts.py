# SPDX-License-Identifier: EUPL-1.2
"""Writing what is searched of a case."""

from __future__ import annotations

from django.db import transaction

from casework.register.models import Case, Record, TextPart


@transaction.atomic
def write_text(
    *, case: Case, kind: str, text: str, record: Record | None = None, key: str = ""
) -> None:
    """Keep a text to be searched: a new one, or in place of the one with the same key.

    It is called by the service whose event it belongs to, which saves and announces the change of
    the case; a text of a record is found only by those who may see the record. An empty text takes
    away the one that was there.
    """
    rows = TextPart.objects.filter(case=case, record=record, kind=kind, key=key)
    # PostgreSQL keeps no NUL in a text.
    text = text.replace("\x00", "").strip()
    if not text:
        rows.delete()
    elif not rows.update(text=text):
        TextPart.objects.create(case=case, record=record, kind=kind, key=key, text=text)
