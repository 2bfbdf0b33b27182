# SPDX-License-Identifier: EUPL-1.2
"""What must agree with a case at every commit: audience, public row, change number, outbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from django.db import connection, models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import slugify

from casework.access.tokens import PUBLIC, AccessFacts, audience_of
from casework.register.models import (
    Case,
    CaseAudience,
    CaseNumber,
    PublicCase,
    Record,
    RecordAudience,
    RecordFile,
)
from casework.register.models.records import record_facts
from casework.register.signals import changed, changed_many


def announce(case: Case, *, narrows: bool = False) -> None:
    """Tell the rooms above that the case changed; search writes its outbox row then.

    Args:
        narrows: what was told before may no longer be told, to everybody or to some.
    """
    changed.send(
        sender=Case, instance=case, change_number=case.change_number, deleted=False, narrows=narrows
    )


def announce_many(cases: Sequence[Case]) -> None:
    """The same of many at once."""
    changed_many.send(sender=Case, rows=[(case.pk, case.change_number) for case in cases])


def sync(case: Case, *, record: Record | None = None, reworded: bool = False) -> AccessFacts:
    """Write what is derived from the case and the changed record, and announce the change.

    Args:
        record: the one record that changed, if any.
        reworded: a field of the case or the record says something else than before.

    Returns what the access rule needed to know, which whoever journals the change tells of too.

    A record's audience follows from the facts that give the case's and from the record's own
    marking, so records are written again when the case's audience changed, and else only the one
    that did.
    """
    facts = case.access_facts()
    tokens = audience_of(facts)
    before = _replace(CaseAudience, "case", case, tokens)
    records_told = before != tokens
    narrows = reworded or bool(before - tokens)
    if before != tokens and case.record_count:
        _project_records(case, facts)
    elif record is not None:
        record.case = case
        own = audience_of(
            record_facts(
                facts,
                is_secret=record.is_secret,
                is_shown=record.is_published and not record.is_void,
            )
        )
        earlier = _replace(RecordAudience, "record", record, own)
        records_told = PUBLIC in own | earlier
        narrows = narrows or bool(earlier - own)
    if PUBLIC in tokens:
        write_public(case, with_records=records_told)
    elif PUBLIC in before:
        PublicCase.objects.filter(case=case).delete()
    announce(case, narrows=narrows)
    return facts


def audience_of_new_record(record: Record, facts: AccessFacts) -> list[RecordAudience]:
    """The audience of a record that was inserted this moment, not yet saved.

    A new record is not published and changes nothing of its case.

    Args:
        record: the record.
        facts: what the rule knows of its case.
    """
    own = record_facts(facts, is_secret=record.is_secret, is_shown=False)
    return [RecordAudience(record=record, token=token) for token in sorted(audience_of(own))]


def write_public(case: Case, *, with_records: bool = True) -> None:
    """Copy the public face, and nothing else, to the public diary's table.

    Args:
        with_records: the list of published records too; it is long in a big case and is written
            only when it may have changed.
    """
    PublicCase.objects.update_or_create(
        case=case, defaults=public_row(case, with_records=with_records)
    )


def public_row(
    case: Case,
    *,
    with_records: bool = True,
    numbers: Sequence[str] | None = None,
    records: Iterable[Record] | None = None,
) -> dict[str, Any]:
    """What the public diary's table holds of a case; the audit asks the same.

    Args:
        case: with its entry, authority and area.
        with_records: the list of published records too.
        numbers: of the case, where they are read already.
        records: the published ones, where they are read already.
    """
    if numbers is None:
        numbers = list(public_numbers().filter(case=case).values_list("display", flat=True))
    row: dict[str, Any] = {
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
        "published_until": case.published_until,
        "closed_on": timezone.localdate(case.closed_at) if case.closed_at else None,
        "is_private": bool(case.party and not case.party_public),
        "words": (case.title_public or case.title).casefold(),
        "numbers": numbers,
    }
    if with_records:
        if records is None:
            records = public_records().filter(case=case)
        row["records"] = [_public_record(record) for record in records]
    return row


def public_slug(dnr: str) -> str:
    """The address of a case: ``KS 2026/1`` → ``ks-2026-1``."""
    return slugify(dnr.replace("/", "-"))


def public_numbers() -> models.QuerySet[CaseNumber]:
    """The numbers of cases; that of a secret case which was merged into one tells nothing."""
    secret = Case.objects.filter(merged_into=OuterRef("case"), dnr=OuterRef("display"))
    return CaseNumber.objects.exclude(Exists(secret.exclude(secrecy_provision=""))).order_by("pk")


def public_records() -> models.QuerySet[Record]:
    """The records that everybody may see, in the order of their numbers."""
    open_ones = RecordAudience.objects.filter(token=PUBLIC, record=OuterRef("pk"))
    return Record.objects.filter(Exists(open_ones)).order_by("entry__record_number")


def _public_record(record: Record) -> dict[str, object]:
    told: dict[str, object] = {
        "dnr": record.dnr,
        "title": record.title_public or record.title,
        "direction": record.direction,
        "party": record.party_public,
        "private": bool(record.party and not record.party_public),
        "date": record.received_date.isoformat(),
    }
    if record.public_files:
        files = sorted(record.files.all(), key=lambda file: file.pk)
        told["files"] = [
            {"file": file.pk, "name": public_name(file), "size": file.size}
            for file in files
            if file.pk in record.public_files
        ]
    return told


def public_name(file: RecordFile) -> str:
    """What a shown file is called outwards; what the sender called it may name somebody."""
    shown = file.record.public_files
    which = f"-fil-{shown.index(file.pk) + 1}" if len(shown) > 1 else ""
    return f"{public_slug(file.record.dnr)}{which}{PurePath(file.original_name).suffix.lower()}"


def _replace(table: Any, owner: str, obj: models.Model, tokens: frozenset[str]) -> frozenset[str]:
    """Make the audience rows of ``obj`` equal to ``tokens``; returns what they were."""
    rows = table.objects.filter(**{owner: obj})
    stored = frozenset(rows.values_list("token", flat=True))
    if stored - tokens:
        rows.filter(token__in=stored - tokens).delete()
    if tokens - stored:
        table.objects.bulk_create(
            [table(**{owner: obj}, token=token) for token in sorted(tokens - stored)]
        )
    return stored


def _project_records(case: Case, facts: AccessFacts) -> None:
    """Write the audience of all the case's records, in statements that no record is counted in.

    Records are of three kinds, secret ones, published ones and the others, and each kind has one
    audience.
    """
    hidden = models.Q(is_published=False) | ~models.Q(voided_at=None)
    kinds: list[tuple[bool, bool, models.Q]] = [
        (True, False, ~models.Q(secrecy_provision="")),
        (False, True, models.Q(secrecy_provision="") & ~hidden),
        (False, False, models.Q(secrecy_provision="") & hidden),
    ]
    for is_secret, is_shown, condition in kinds:
        kind = record_facts(facts, is_secret=is_secret, is_shown=is_shown)
        tokens = sorted(audience_of(kind))
        rows = case.records.filter(condition).order_by().values("pk")
        RecordAudience.objects.filter(record__in=rows).exclude(token__in=tokens).delete()
        _open_records(case, is_secret, is_shown, tokens)


def _open_records(case: Case, is_secret: bool, is_shown: bool, tokens: Sequence[str]) -> None:
    listed = " UNION ALL ".join(["SELECT CAST(%s AS VARCHAR(80)) AS token"] * len(tokens))
    shown = f"{'' if is_shown else 'NOT '}(r.is_published AND r.voided_at IS NULL)"
    kind = "r.secrecy_provision <> ''" if is_secret else f"r.secrecy_provision = '' AND {shown}"
    with connection.cursor() as cursor:
        # Every part of the statement is this function's own; values go as parameters.
        cursor.execute(
            "INSERT INTO register_recordaudience (token, record_id) "  # noqa: S608
            f"SELECT t.token, r.id FROM register_record r CROSS JOIN ({listed}) t "
            f"WHERE r.case_id = %s AND {kind} ON CONFLICT DO NOTHING",
            [*tokens, case.pk],
        )
