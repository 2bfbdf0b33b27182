# SPDX-License-Identifier: EUPL-1.2
"""Registering a letter: a new case with its first record, or a record in a case that there is."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.organisation.models import User
from casework.register.enums import CaseType, Direction, RecordKind
from casework.register.models import Case, NumberSeries, Record
from casework.register.services.records import register_record
from casework.register.services.registration import register_case


@transaction.atomic
def register_letter(
    *,
    series: NumberSeries,
    actor: User,
    title: str,
    received_date: dt.date,
    case: Case | None = None,
    case_type: str = CaseType.LETTER,
    officer: User | None = None,
    party: str = "",
    party_public: str = "",
    secrecy_provision: str = "",
    files: Sequence[UploadedFile] = (),
    token: uuid.UUID | None = None,
) -> tuple[Case, Record]:
    """Register what came in, all or nothing; a second sending of the form returns the same.

    Raises:
        PermissionDenied: the person registers neither in the series nor in the case.
        ValidationError: a field is missing, the date lies ahead, or a file is not accepted.
    """
    found = case or register_case(
        series=series,
        actor=actor,
        title=title,
        received_date=received_date,
        case_type=case_type,
        officer=officer,
        party=party,
        party_public=party_public,
        secrecy_provision=secrecy_provision,
        token=token,
    )
    first = None if case else found.records.first()
    if first is not None:
        return found, first
    record = register_record(
        case=found,
        actor=actor,
        kind=RecordKind.LETTER,
        direction=Direction.INCOMING,
        title=title,
        received_date=received_date,
        party=party,
        party_public=party_public,
        secrecy_provision=secrecy_provision,
        files=files,
        token=token if case else None,
    )
    return found, record
