# SPDX-License-Identifier: EUPL-1.2
"""Records of what the product itself makes or passes on: one file, which needs no gate."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from casework.organisation.models import User
from casework.register.models import Case, Record
from casework.register.services.records import _store, register_record


@transaction.atomic
def register_generated_record(
    *,
    case: Case,
    kind: str,
    direction: str,
    title: str,
    name: str,
    content: bytes,
    content_type: str,
    actor: User | None,
    text: str = "",
    party: str = "",
    title_public: str = "",
    received_date: dt.date | None = None,
) -> Record:
    """Register a record with a file that the product made: answers, receipts, remisser, minutes.

    Args:
        name: of the file.
        text: what is searched of it, by those who may see the record.
        received_date: when it came in or was established; today unless told.
    """
    record = register_record(
        case=case,
        kind=kind,
        direction=direction,
        title=title[:400],
        title_public=title_public,
        party=party,
        received_date=received_date or timezone.localdate(),
        text=text,
        actor=actor,
    )
    _store(record, SimpleUploadedFile(name, content, content_type), content_type)
    return record
