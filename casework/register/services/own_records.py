# SPDX-License-Identifier: EUPL-1.2
"""Records whose files the product itself made or passes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from casework.organisation.models import User
from casework.register.models import Case, Record
from casework.register.services.records import Content, write_record
from casework.register.services.registration import check_date


class OwnFile(NamedTuple):
    """A file that is ours already."""

    name: str
    content: bytes
    content_type: str


@transaction.atomic
def register_generated_record(
    *,
    case: Case,
    kind: str,
    title: str,
    direction: str,
    name: str,
    content: bytes,
    content_type: str,
    actor: User | None,
    text: str = "",
    party: str = "",
    title_public: str = "",
    party_public: str = "",
    received_date: dt.date | None = None,
    more: Sequence[OwnFile] = (),
) -> Record:
    """Register a record with one file that the product itself made or passes on (TF 2:9).

    The service that calls it has asked for the right: a consultee's contact person, an expert or
    a body's secretary leaves a record too.

    Args:
        party_public: as all may read it: a body or a förvaltning of the city is no private person.
        name: of the file, as people see it.
        content: of the file; it is ours, so no upload check is made.
        text: what the file says, for those who search and may see the record.
        more: further files of it, which went through the gate when they were left.
    """
    day = received_date or timezone.localdate()
    check_date(day)
    record = Record(
        kind=kind,
        title=title[:400].strip(),
        title_public=title_public,
        direction=direction,
        received_date=day,
        party=party[:200],
        party_public=party_public[:200],
    )
    files = [OwnFile(name, content, content_type), *more]
    made = [Content(ContentFile(row.content, name=row.name), row.content_type) for row in files]
    record.clean_fields(exclude={"entry", "dnr", "case"})
    return write_record(case, record, made, text, None, actor)
