# SPDX-License-Identifier: EUPL-1.2
"""The register's audit: that numbers and events are what the services left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F

from casework.journal.models import Chain, JournalEntry
from casework.journal.audit import verify_chains
from casework.register.enums import AmendmentKind
from casework.register.models import Amendment, Case, DiaryEntry, Record, SeriesCounter


@dataclass(frozen=True, slots=True)
class Audit:
    """What was counted and what is wrong, in Swedish sentences."""

    summary: list[str]
    faults: list[str]


def verify_register() -> Audit:
    """Re-compute everything (DESIGN decision 5)."""
    faults = [*_series_faults(), *_case_faults(), *_record_faults(), *_journal_faults()]
    faults += [f"Kedja {f.chain}, post {f.position}: {f.problem}." for f in verify_chains()]
    summary = [
        f"Ärenden: {Case.objects.count()}",
        f"Handlingar: {Record.objects.count()}",
        f"Makulerade: {Amendment.objects.filter(kind=AmendmentKind.VOID).count()}",
        f"Händelser: {JournalEntry.objects.count()} i {Chain.objects.count()} kedjor",
    ]
    return Audit(summary, faults)


def _series_faults() -> Iterator[str]:
    """Every serial from 1 to the counter is there exactly once; historic series may have gaps."""
    entries = DiaryEntry.objects.filter(record_number=0, series__is_historic=False)
    counters = {(row.series_id, row.year): row.last_serial for row in SeriesCounter.objects.all()}
    found: dict[tuple[int, int], list[int]] = {key: [] for key in counters}
    for series, year, serial in entries.order_by("series", "year", "serial").values_list(
        "series", "year", "serial"
    ):
        found.setdefault((series, year), []).append(serial)
    names = dict(entries.values_list("series", "series__code"))
    for (series, year), serials in found.items():
        label = f"{names.get(series, series)} {year}"
        last = counters.get((series, year), 0)
        missing = set(range(1, last + 1)) - set(serials)
        if missing:
            yield f"{label}: nummer saknas: {_listed(missing)}."
        if len(serials) != len(set(serials)):
            yield f"{label}: samma nummer finns flera gånger."
        beyond = {serial for serial in serials if serial > last}
        if beyond:
            yield f"{label}: nummer över räknaren: {_listed(beyond)}."


def _case_faults() -> Iterator[str]:
    for dnr in DiaryEntry.objects.filter(record_number=0, case=None).values_list("dnr", flat=True):
        yield f"{dnr}: numret har inget ärende."
    wrong = Case.objects.exclude(
        dnr=F("entry__dnr"), year=F("entry__year"), serial=F("entry__serial")
    )
    for dnr in wrong.values_list("dnr", flat=True):
        yield f"{dnr}: ärendet och diarieposten har olika nummer."


def _record_faults() -> Iterator[str]:
    orphans = DiaryEntry.objects.filter(record_number__gt=0, record=None)
    for dnr in orphans.values_list("dnr", flat=True):
        yield f"{dnr}: numret har ingen handling."
    counted = Case.objects.annotate(actual=Count("records")).exclude(record_count=F("actual"))
    for dnr, count, actual in counted.values_list("dnr", "record_count", "actual"):
        yield f"{dnr}: räknar {count} handlingar men har {actual}."
    for case in Case.objects.filter(record_count__gt=0).iterator(chunk_size=1000):
        numbers = set(case.records.values_list("entry__record_number", flat=True))
        if numbers != set(range(1, case.record_count + 1)):
            yield f"{case.dnr}: handlingsnumren har luckor."


def _journal_faults() -> Iterator[str]:
    """Every entry of the diary is told in the journal, with the same number and first title."""
    told = {
        (row.after.get("entry")): row.after
        for row in JournalEntry.objects.filter(
            action__in=["register.case_registered", "register.record_registered"]
        )
    }
    for entry in DiaryEntry.objects.iterator(chunk_size=2000):
        after = told.get(entry.pk)
        if after is None:
            yield f"{entry.dnr}: registreringen saknas i händelseloggen."
        elif (after["dnr"], after["title"], after["received_date"]) != (
            entry.dnr,
            entry.title,
            entry.received_date.isoformat(),
        ):
            yield f"{entry.dnr}: diarieposten stämmer inte med händelseloggen."


def _listed(numbers: set[int]) -> str:
    shown = ", ".join(str(number) for number in sorted(numbers)[:10])
    return f"{shown} …" if len(numbers) > 10 else shown
