# SPDX-License-Identifier: EUPL-1.2
"""The part of the audit that compares every row of a case with what the journal tells of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import Storage
from django.db import models
from django.utils.translation import gettext as _

from casework.access.models import AccessGrant
from casework.access.tokens import PUBLIC, AccessFacts, audience_of
from casework.journal.digests import row_key
from casework.journal.row_audit import CHUNK, KeptTable, compare, owner_faults, rows_of, told_of
from casework.register.models import (
    Amendment,
    Case,
    CaseAudience,
    CaseFollower,
    CaseLink,
    CaseNumber,
    DiaryEntry,
    NumberAudit,
    PublicCase,
    PublicEvent,
    Record,
    RecordAudience,
    RecordFile,
    record_storage,
)
from casework.register.models.records import record_facts
from casework.register.services.projections import (
    public_numbers,
    public_records,
    public_row,
)
from casework.register.state import CASE_COLUMNS, case_digest

_BLOCK = 1 << 20


TABLES = [
    KeptTable(DiaryEntry, "case"),
    KeptTable(DiaryEntry, "record__case"),
    KeptTable(Record, "case"),
    KeptTable(RecordFile, "record__case"),
    KeptTable(CaseNumber, "case"),
    KeptTable(CaseLink, "case"),
    KeptTable(AccessGrant, "case"),
    KeptTable(Amendment, "entry__case"),
    KeptTable(Amendment, "entry__record__case"),
    KeptTable(PublicEvent, "case"),
]


def register_tables(*tables: KeptTable) -> None:
    """Let a room above have its rows that hang on a case audited with the register's own."""
    TABLES.extend(table for table in tables if table not in TABLES)


def audit_faults() -> Iterator[str]:
    """The audits of numbers that people have had made."""
    tables = (KeptTable(NumberAudit, "pk"),)
    yield from owner_faults(NumberAudit, tables, prefix="numberaudit", name=str)


def stored_file_fault(storage: Storage, name: str, sha256: str) -> str:
    """What is wrong with a file that a row knows: it is gone, or not what it was; else nothing."""
    content = hashlib.sha256()
    try:
        with storage.open(name) as file:
            while block := file.read(_BLOCK):
                content.update(block)
    except (OSError, SuspiciousOperation):
        return _("filen saknas")
    return "" if content.hexdigest() == sha256 else _("filen är ändrad")


def row_faults() -> Iterator[str]:
    """Compare all rows of all cases, some thousand cases at a time."""
    pks = Case.objects.order_by("pk").values_list("pk", flat=True)
    last = 0
    while chunk := list(pks.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1]
        yield from _Chunk(chunk).faults()


class _Chunk:
    """Some cases, with all that the audit compares."""

    def __init__(self, pks: Sequence[int]) -> None:
        self.pks = pks
        cases = Case.objects.filter(**self._within("pk")).order_by()
        self.cases = {row[0]: row for row in cases.values_list(*CASE_COLUMNS)}
        dnr = CASE_COLUMNS.index("dnr")
        self.dnr = {pk: row[dnr] for pk, row in self.cases.items()}
        self.administrations = self._grouped(
            Case.administrations.through.objects.values_list("case_id", "administration_id"), "case"
        )
        self.followers = self._grouped(
            CaseFollower.objects.values_list("case_id", "user_id"), "case"
        )
        self.grants = self._grouped(AccessGrant.objects.values_list("case_id", "pk"), "case")
        self.facts = {pk: self._facts(pk) for pk in pks}
        self.audiences = {pk: audience_of(facts) for pk, facts in self.facts.items()}

    def _within(self, to_case: str) -> dict[str, int]:
        """These cases, as a filter: they follow each other, so first and last say it all."""
        return {f"{to_case}__gte": self.pks[0], f"{to_case}__lte": self.pks[-1]}

    def _grouped(self, rows: models.QuerySet[Any, Any], to_case: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for owner, value in rows.filter(**self._within(to_case)):
            found[owner].append(value)
        return found

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with these cases."""
        told = told_of({f"case:{pk}": pk for pk in self.pks})
        for fault in compare(told, self._rows(), [Case, *(table.model for table in TABLES)]):
            yield self._fault(fault.owner, fault.key, fault.problem)
        yield from self._audiences()
        yield from self._public()
        yield from self._files()

    def _rows(self) -> Iterator[tuple[str, int, str]]:
        for pk, values in self.cases.items():
            own = case_digest(values, self.administrations[pk], self.followers[pk])
            yield row_key(Case, pk), pk, own
        yield from rows_of(TABLES, self.pks)

    def _audiences(self) -> Iterator[str]:
        """The stored audiences are what the rule says (OSL 5:5)."""
        stored: dict[int, set[str]] = defaultdict(set)
        for case, token in CaseAudience.objects.filter(**self._within("case")).values_list(
            "case_id", "token"
        ):
            stored[case].add(token)
        for pk in self.pks:
            if stored[pk] != self.audiences[pk]:
                yield self._fault(pk, self.dnr[pk], _("behörigheten stämmer inte"))
        of_records: dict[int, set[str]] = defaultdict(set)
        for record, token in RecordAudience.objects.filter(
            **self._within("record__case")
        ).values_list("record_id", "token"):
            of_records[record].add(token)
        names = ("pk", "case_id", "dnr", "secrecy_provision", "is_published", "voided_at")
        for pk, case, dnr, secret, published, void in Record.objects.filter(
            **self._within("case")
        ).values_list(*names):
            own = record_facts(
                self.facts[case], is_secret=bool(secret), is_shown=published and void is None
            )
            if of_records[pk] != audience_of(own):
                yield self._fault(case, dnr, _("behörigheten stämmer inte"))

    def _facts(self, pk: int) -> AccessFacts:
        values = dict(zip(CASE_COLUMNS, self.cases[pk], strict=True))
        return AccessFacts(
            authority=values["authority_id"],
            is_secret=bool(values["secrecy_provision"]),
            is_published=values["is_published"] and values["voided_at"] is None,
            officer=values["officer_id"],
            followers=frozenset(self.followers[pk]),
            administrations=frozenset(self.administrations[pk]),
            service_area=values["service_area_id"],
            grants=frozenset(self.grants[pk]),
        )

    def _public(self) -> Iterator[str]:
        """The web diary shows the published cases, with what their public face is."""
        open_ones = {pk for pk in self.pks if PUBLIC in self.audiences[pk]}
        shown = {row.pk: row for row in PublicCase.objects.filter(**self._within("pk"))}
        for pk in sorted(open_ones ^ shown.keys()):
            yield self._fault(pk, self.dnr[pk], _("webbdiariet stämmer inte"))
        if not open_ones:
            return
        numbers = self._grouped(public_numbers().values_list("case_id", "display"), "case")
        records: dict[int, list[Record]] = defaultdict(list)
        for record in public_records().filter(**self._within("case")).prefetch_related("files"):
            records[record.case_id].append(record)
        cases = Case.objects.filter(**self._within("pk"), is_published=True).order_by()
        for case in cases.select_related("entry", "authority", "service_area").iterator(CHUNK):
            if case.pk not in open_ones or case.pk not in shown:
                continue
            expected = public_row(case, numbers=numbers[case.pk], records=records[case.pk])
            if any(getattr(shown[case.pk], name) != value for name, value in expected.items()):
                yield self._fault(case.pk, case.dnr, _("webbdiariet stämmer inte"))

    def _files(self) -> Iterator[str]:
        """Every file lies where it was put, with the content it had (arkivlagen 6 §)."""
        storage = record_storage()
        rows = RecordFile.objects.filter(**self._within("record__case"))
        columns = ("record__case_id", "file", "sha256", "record__disposed_at")
        for case, name, sha256, disposed in rows.values_list(*columns).iterator():
            if disposed is not None:
                if storage.exists(name):
                    yield self._fault(case, name, _("filen är gallrad men finns kvar"))
            elif problem := stored_file_fault(storage, name, sha256):
                yield self._fault(case, name, problem)

    def _fault(self, case: int, what: str, problem: str) -> str:
        return f"{self.dnr.get(case, case)}, {what}: {problem}."
