# SPDX-License-Identifier: EUPL-1.2
"""What must agree with a case at every commit: audience, public row, change number, outbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.text import slugify

from casework.access.tokens import PUBLIC, audience_of
from casework.register.models import (
    Case,
    CaseAudience,
    PublicCase,
    Record,
    RecordAudience,
)
from casework.register.signals import changed

DISSENT_FIELDS = ("kind", "body", "proposal", "statement")


def save_change(case: Case, fields: Sequence[str] = ()) -> None:
    """Save ``fields`` of the case and bring everything that is derived from it into step.

    The case row is locked by its change number, so two changes of one case come after each other
    and the outbox row of the later one holds the higher number. Under that lock the case is read
    again: what somebody else changed meanwhile, such as a secrecy marking, decides the audience.
    """
    for field in fields:
        case._meta.get_field(field)
    values = {field: getattr(case, field) for field in fields}
    Case.objects.filter(pk=case.pk).update(change_number=F("change_number") + 1, **values)
    case.refresh_from_db()
    sync(case)


def sync(case: Case) -> None:
    """Write audience and public rows of the case and its records, and announce the change."""
    tokens = audience_of(case.access_facts())
    _replace(CaseAudience, "case", case, tokens)
    for record in case.records.all():
        record.case = case
        _replace(RecordAudience, "record", record, audience_of(record.access_facts()))
    if PUBLIC in tokens:
        write_public(case)
    else:
        PublicCase.objects.filter(case=case).delete()
    changed.send(sender=Case, instance=case, change_number=case.change_number, deleted=False)


def write_public(case: Case) -> None:
    """Copy the public face, and nothing else, to the public diary's table."""
    PublicCase.objects.update_or_create(
        case=case,
        defaults={
            "dnr": case.dnr,
            "key": case.entry.key,
            "slug": public_slug(case.dnr),
            "title": case.title_public or case.title,
            "party": case.party_public,
            "case_type": case.case_type,
            "authority": case.authority.name,
            "service_area": case.service_area,
            "received_date": case.received_date,
            "decided_on": case.decided_on,
            "outcome": case.outcome,
            "summary": case.summary,
            "numbers": [number.display for number in case.numbers.all()],
            "records": [_public_record(record) for record in _public_records(case)],
            "decisions": list(case.decisions.values("body", "lead", "points")),
            "dissents": [
                {"who": row.who, **{name: getattr(row, name) for name in DISSENT_FIELDS}}
                for row in case.dissents.all()
            ],
        },
    )


def public_slug(dnr: str) -> str:
    """The address of a case: ``KS 2026/1`` → ``ks-2026-1``."""
    return slugify(dnr.replace("/", "-"))


def _public_records(case: Case) -> models.QuerySet[Record]:
    open_ones = RecordAudience.objects.filter(token=PUBLIC, record__case=case)
    return case.records.filter(pk__in=open_ones.values("record")).order_by("entry__record_number")


def _public_record(record: Record) -> dict[str, str]:
    return {
        "dnr": record.dnr,
        "title": record.title_public or record.title,
        "direction": record.get_direction_display(),
        "date": record.received_date.isoformat(),
    }


def _replace(table: Any, owner: str, obj: models.Model, tokens: frozenset[str]) -> None:
    """Make the audience rows of ``obj`` equal to ``tokens``, touching only what differs."""
    rows = table.objects.filter(**{owner: obj})
    stored = set(rows.values_list("token", flat=True))
    if stored - tokens:
        rows.filter(token__in=stored - tokens).delete()
    table.objects.bulk_create(
        [table(**{owner: obj}, token=token) for token in sorted(tokens - stored)]
    )
