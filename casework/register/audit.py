# SPDX-License-Identifier: EUPL-1.2
"""The register's audit: that numbers, rows, files and events are what the services left.

Everything is read in parts of some thousand cases, so memory does not grow with the register.
Rooms above say what else is to be audited by :func:`register_verifier`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Count, F, Max, Min, QuerySet
from django.utils.translation import gettext as _

from casework.journal.audit import verify_chains
from casework.journal.models import Chain, JournalEntry
from casework.journal.seal import check_seals, write_seal
from casework.register.audit_rows import row_faults
from casework.register.enums import AmendmentKind
from casework.register.models import Amendment, Case, DiaryEntry, Record, SeriesCounter

Verifier = Callable[[], Iterable[str]]

_VERIFIERS: dict[str, Verifier] = {}


@dataclass(frozen=True, slots=True)
class Audit:
    """What was counted and what is wrong, in Swedish sentences."""

    summary: list[str]
    faults: list[str]


def register_verifier(name: str, verifier: Verifier) -> None:
    """Let a room add its own audit: a function that yields a sentence for each fault.

    Raises:
        ValueError: the name is taken by another function.
    """
    if _VERIFIERS.setdefault(name, verifier) is not verifier:
        raise ValueError(f"The verifier {name} is registered already.")


def verify_register(*, seal: Path | None = None) -> Audit:
    """Compute everything again (docs/mechanisms/journal.md).

    Args:
        seal: a file outside the database; the heads that it holds must still stand in their
            chains, and today's are added to it when no fault was found.
    """
    faults = [
        *series_faults(),
        *_number_faults(),
        *row_faults(),
        *(
            _("Kedja %(chain)s, post %(position)s: %(problem)s.")
            % {"chain": fault.chain, "position": fault.position, "problem": fault.problem}
            for fault in verify_chains()
        ),
    ]
    for verifier in _VERIFIERS.values():
        faults += verifier()
    if seal is not None:
        faults += check_seals(seal)
        if not faults:
            write_seal(seal)
    summary = [
        _("Ärenden: %(count)s") % {"count": Case.objects.count()},
        _("Handlingar: %(count)s") % {"count": Record.objects.count()},
        _("Makulerade: %(count)s")
        % {"count": Amendment.objects.filter(kind=AmendmentKind.VOID).count()},
        _("Händelser: %(count)s i %(chains)s kedjor")
        % {"count": JournalEntry.objects.count(), "chains": Chain.objects.count()},
    ]
    return Audit(summary, faults)


def series_faults(series: int | None = None, year: int = 0) -> Iterator[str]:
    """Every serial from 1 to the counter is there exactly once; historic series may have gaps.

    Args:
        series: only this one.
        year: and this year of it.
    """
    entries = DiaryEntry.objects.filter(record_number=0, series__is_historic=False).order_by()
    counter_rows = SeriesCounter.objects.all()
    if series is not None:
        entries = entries.filter(series=series, year=year)
        counter_rows = counter_rows.filter(series=series, year=year)
    counted = {
        (row["series"], row["year"]): row
        for row in entries.values("series", "year").annotate(
            rows=Count("pk"),
            different=Count("serial", distinct=True),
            first=Min("serial"),
            last=Max("serial"),
        )
    }
    counters = {
        (series, year): (last, code)
        for series, year, last, code in counter_rows.values_list(
            "series", "year", "last_serial", "series__code"
        )
    }
    names = dict(entries.values_list("series", "series__code").distinct())
    for key in sorted({*counted, *counters}):
        last, code = counters.get(key, (0, names.get(key[0], str(key[0]))))
        label = f"{code} {key[1]}"
        row = counted.get(key)
        if row and row["rows"] != row["different"]:
            yield _("%(series)s: samma nummer finns flera gånger.") % {"series": label}
        if row and row["last"] > last:
            beyond = entries.filter(series=key[0], year=key[1], serial__gt=last)
            found = set(beyond.values_list("serial", flat=True)[:11])
            yield _("%(series)s: nummer över räknaren: %(numbers)s.") % {
                "series": label,
                "numbers": _listed(found),
            }
        if not row and not last:
            continue
        if not row or (row["different"], row["first"], row["last"]) != (last, 1, last):
            missing = _missing(entries.filter(series=key[0], year=key[1]), last)
            if missing:
                yield _("%(series)s: nummer saknas: %(numbers)s.") % {
                    "series": label,
                    "numbers": _listed(missing),
                }


def _missing(entries: QuerySet[DiaryEntry], last: int) -> set[int]:
    """The first few serials that are missing up to the counter."""
    missing: set[int] = set()
    expected = 1
    serials = entries.order_by("serial").values_list("serial", flat=True)
    for serial in serials.iterator():
        while expected < min(serial, last + 1) and len(missing) < 11:
            missing.add(expected)
            expected += 1
        expected = max(expected, serial + 1)
    while expected <= last and len(missing) < 11:
        missing.add(expected)
        expected += 1
    return missing


def _number_faults() -> Iterator[str]:
    for dnr in DiaryEntry.objects.filter(record_number=0, case=None).values_list("dnr", flat=True):
        yield _("%(dnr)s: numret har inget ärende.") % {"dnr": dnr}
    orphans = DiaryEntry.objects.filter(record_number__gt=0, record=None)
    for dnr in orphans.values_list("dnr", flat=True):
        yield _("%(dnr)s: numret har ingen handling.") % {"dnr": dnr}
    wrong = Case.objects.exclude(
        dnr=F("entry__dnr"),
        year=F("entry__year"),
        serial=F("entry__serial"),
        authority=F("entry__authority"),
    )
    for dnr in wrong.values_list("dnr", flat=True):
        yield _("%(dnr)s: ärendet och diarieposten har olika nummer.") % {"dnr": dnr}
    counted = Case.objects.annotate(
        actual=Count("records"), last=Max("records__entry__record_number")
    ).exclude(record_count=0, actual=0)
    for dnr, count, actual, last in counted.values_list(
        "dnr", "record_count", "actual", "last"
    ).iterator():
        if count != actual:
            yield _("%(dnr)s: räknar %(count)s handlingar men har %(actual)s.") % {
                "dnr": dnr,
                "count": count,
                "actual": actual,
            }
        elif last != count:
            yield _("%(dnr)s: handlingsnumren har luckor.") % {"dnr": dnr}


def _listed(numbers: set[int]) -> str:
    shown = ", ".join(str(number) for number in sorted(numbers)[:10])
    return f"{shown} …" if len(numbers) > 10 else shown
