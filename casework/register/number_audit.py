# SPDX-License-Identifier: EUPL-1.2
"""The numbers of each series and year: first, last, how many, which are void, and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.selectors import roles_of
from casework.register.enums import AmendmentKind
from casework.register.models import (
    Amendment,
    Case,
    DiaryEntry,
    NumberAudit,
    NumberSeries,
    SeriesCounter,
)
from casework.register.permissions import diaries_of


@dataclass(frozen=True, slots=True)
class VoidNumber:
    """A number that stands for nothing any more.

    Attributes:
        reason: empty where the case is secret to the one who reads.
        is_record: whether it is a record's and not a case's.
    """

    number: str
    reason: str
    at: dt.datetime
    by: str
    is_record: bool


@dataclass(slots=True)
class SeriesYear:
    """The numbers of a series in a year.

    Attributes:
        counter: the last serial that was handed out.
        records: how many records are registered under the numbers.
        missing: how many serials there are none of; a historic series may have gaps.
    """

    series: NumberSeries
    year: int
    first: int = 0
    last: int = 0
    count: int = 0
    records: int = 0
    counter: int = 0
    voids: list[VoidNumber] = field(default_factory=list)
    audit: NumberAudit | None = None

    @property
    def chain(self) -> str:
        """The journal's chain of the series and year."""
        return f"{self.series.code}/{self.year}"

    @property
    def void_cases(self) -> int:
        """How many of the counted numbers are void."""
        return sum(not void.is_record for void in self.voids)

    @property
    def void_records(self) -> int:
        """How many records within the numbers are void."""
        return len(self.voids) - self.void_cases

    @property
    def missing(self) -> int:
        """From 1 to the counter."""
        return 0 if self.series.is_historic else max(self.counter, self.last) - self.count


def audited_authorities(user: User) -> list[Authority]:
    """Those whose numbers the person may audit: registrars their own, administrators all."""
    if Role.ADMINISTRATOR in roles_of(user):
        return list(Authority.objects.order_by("name"))
    return list(Authority.objects.filter(pk__in=diaries_of(user)))


def series_years(user: User) -> list[SeriesYear]:
    """All series and years that the person may audit, the newest year first; six queries."""
    authorities = audited_authorities(user)
    found: dict[tuple[int, int], SeriesYear] = {}
    names = {row.pk: row for row in NumberSeries.objects.filter(authority__in=authorities)}
    entries = DiaryEntry.objects.filter(series__in=names).order_by()
    counted = entries.values("series", "year").annotate(
        first=Min("serial", filter=Q(record_number=0)),
        last=Max("serial", filter=Q(record_number=0)),
        count=Count("pk", filter=Q(record_number=0)),
        records=Count("pk", filter=Q(record_number__gt=0)),
    )
    for series, year, *numbers in counted.values_list(
        "series", "year", "first", "last", "count", "records"
    ):
        first, last, count, records = (number or 0 for number in numbers)
        found[(series, year)] = SeriesYear(
            names[series], year, first=first, last=last, count=count, records=records
        )
    for series, year, last in SeriesCounter.objects.filter(series__in=names).values_list(
        "series", "year", "last_serial"
    ):
        found.setdefault((series, year), SeriesYear(names[series], year)).counter = last
    for key, voids in _voids(user, list(names)).items():
        found[key].voids = voids
    newest = NumberAudit.objects.filter(series=OuterRef("series"), year=OuterRef("year"))
    audits = NumberAudit.objects.filter(
        series__in=names, pk=Subquery(newest.order_by("-at", "-pk").values("pk")[:1])
    )
    for audit in audits.select_related("by"):
        if (audit.series_id, audit.year) in found:
            found[(audit.series_id, audit.year)].audit = audit
    return sorted(found.values(), key=lambda row: (-row.year, row.series.code))


def _voids(user: User, series: list[int]) -> dict[tuple[int, int], list[VoidNumber]]:
    """Why each voided number is void; of a case that the person may not see that it is."""
    seen = Case.objects.shown_to(user).filter(is_internal=True).order_by().values("entry__key")
    rows = Amendment.objects.filter(kind=AmendmentKind.VOID, entry__series__in=series)
    told = set(rows.filter(entry__key__in=seen).values_list("pk", flat=True))
    found: dict[tuple[int, int], list[VoidNumber]] = defaultdict(list)
    for row in rows.select_related("entry", "by").order_by("entry__serial", "entry__record_number"):
        void = VoidNumber(
            row.entry.dnr,
            row.reason if row.pk in told else "",
            row.at,
            str(row.by),
            is_record=row.entry.record_number > 0,
        )
        found[(row.entry.series_id, row.entry.year)].append(void)
    return found
