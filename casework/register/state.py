# SPDX-License-Identifier: EUPL-1.2
"""What of a case and a record may change, and the checksum of it that the journal keeps."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from casework.journal.digests import columns_of, digest, plain, row_key
from casework.register.models import Case, Record

CASE_FIELDS = (
    "title", "title_public", "party", "party_public", "received_date", "secrecy_provision",
    "secrecy_date", "secrecy_note", "secrecy_authority", "case_type", "service_area", "officer",
    "unit", "class_code", "due_on", "summary", "is_published",
    "published_until", "outcome",
    "decided_on", "closed_at", "voided_at", "merged_into",
)  # fmt: skip
"""The fields of a case that a service may change; all else of it stays for good."""

RECORD_FIELDS = (
    "title", "title_public", "party", "party_public", "received_date", "secrecy_provision",
    "secrecy_date", "secrecy_note", "secrecy_authority", "kind", "direction", "is_published",
    "public_files", "voided_at", "retention", "archived_at", "disposed_at",
)  # fmt: skip
"""The fields of a record that a service may change."""

# Counters that every record and every change of a case moves; the audit counts them itself.
_COUNTERS = frozenset({"record_count", "change_number"})
CASE_COLUMNS = columns_of(Case, _COUNTERS)
RECORD_COLUMNS = columns_of(Record)


def case_digest(
    values: Iterable[object], administrations: Iterable[int], followers: Iterable[int]
) -> str:
    """The checksum of a case: its columns, its förvaltningar and those who follow it."""
    return digest([*values, sorted(administrations), sorted(followers)])


def told_case(
    case: Case, administrations: Iterable[int], followers: Iterable[int]
) -> dict[str, str]:
    """The checksum of a case as the journal tells it."""
    values = [getattr(case, name) for name in CASE_COLUMNS]
    return {row_key(Case, case.pk): case_digest(values, administrations, followers)}


def value_of(obj: models.Model, field: str) -> object:
    """A field's value as the journal tells it: a row that it points to by its primary key."""
    return plain(getattr(obj, obj._meta.get_field(field).attname))  # type: ignore[union-attr]
