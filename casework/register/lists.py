# SPDX-License-Identifier: EUPL-1.2
"""The office's lists of the diary: what came and went, and what lies open.

Each is read through the access rule: nobody's list, total or count tells of a case that the person
may not see.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Min, QuerySet, Window
from django.db.models.functions import ExtractMonth, RowNumber

from casework.journal.events import quiet_keys, words_of
from casework.journal.models import JournalEntry
from casework.organisation.models import User
from casework.register import events
from casework.register.days import begin_of, end_of
from casework.register.enums import Direction
from casework.register.models import Case, Record

_RECORD = Record._meta.label_lower
NAMES_OTHERS = (events.LINKED, events.MERGED, events.MERGED_HERE)
"""Events whose words hold the number of another case."""


def post_rows(
    user: User | None,
    first: dt.date,
    last: dt.date,
    *,
    direction: str = "",
    authority: int | None = None,
) -> QuerySet[Record]:
    """The records that were registered on these days, in order, as the person is shown them.

    By the day of registration and not that of arrival, so that the list of a day that has been
    never grows. What was entered from an older diary came long ago and is no post.

    Args:
        user: nobody for what everybody may read.
        direction: a Direction; empty for all.
        authority: whose diary; all for none.
    """
    begin, end = begin_of(first), end_of(last)
    rows = Record.objects.shown_to(user).filter(
        entry__registered_at__gte=begin, entry__registered_at__lt=end,
        entry__series__is_historic=False,
    )  # fmt: skip
    if direction in Direction.values:
        rows = rows.filter(direction=direction)
    if authority is not None:
        rows = rows.filter(case__authority=authority)
    return rows.select_related("case__authority", "entry").order_by("entry__registered_at", "pk")


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A row of the public list: what the public face of a record may say, in codes.

    Attributes:
        title: empty where it is left out.
        is_private: whether there is a sender or addressee that is not named.
        left_out: whether all but number and day is left out (OSL 5:2).
        is_void: whether the number stands for nothing any more.
    """

    number: str
    day: dt.date
    direction: str
    title: str = ""
    party: str = ""
    is_private: bool = False
    left_out: bool = False
    is_void: bool = False


def public_faces(records: Iterable[Record], *, with_secret: bool) -> list[PublicRow]:
    """The public list: private persons unnamed, of what is secret number and day or nothing.

    Args:
        records: with their cases; as stored, whoever looks.
        with_secret: whether a secret record, or one of a secret case, has a row at all.
    """
    rows = []
    for record in records:
        base = (record.dnr, record.received_date, record.direction)
        if record.is_secret or record.case.is_secret:
            if with_secret:
                rows.append(PublicRow(*base, left_out=True))
            continue
        if record.is_void or record.case.is_void:
            rows.append(PublicRow(*base, is_void=True))
            continue
        rows.append(
            PublicRow(
                *base,
                title=record.title_public or record.title,
                party=record.party_public,
                is_private=bool(record.party and not record.party_public),
            )
        )
    return rows


def open_cases(
    user: User,
    *,
    authority: int | None = None,
    unit: int | None = None,
    officer: int | None = None,
    area: int | None = None,
) -> QuerySet[Case]:
    """The open cases that the person is shown from inside, the oldest first (balanslista)."""
    rows = Case.objects.shown_to(user).filter(
        is_internal=True, closed_at=None, voided_at=None, merged_into=None
    )
    wanted = {"authority": authority, "unit": unit, "officer": officer, "service_area": area}
    rows = rows.filter(**{name: pk for name, pk in wanted.items() if pk is not None})
    return rows.order_by("received_date", "pk")


def balance_by_officer(cases: QuerySet[Case]) -> list[tuple[int | None, int, dt.date]]:
    """For each officer, and for nobody: how many cases, and the day of the oldest."""
    rows = cases.order_by().values("officer").annotate(n=Count("pk"), oldest=Min("received_date"))
    return [(row["officer"], row["n"], row["oldest"]) for row in rows.order_by("-n", "officer")]


@dataclass(frozen=True, slots=True)
class LastEvent:
    """What last happened in a case."""

    at: dt.datetime
    words: str


def last_events(cases: Sequence[Case]) -> dict[int, LastEvent]:
    """What last happened in each case, in words that everybody who sees the case may read.

    Of its records nothing, since some are secret; nor what names another case, that may be.
    """
    subjects = {case.subject: case.pk for case in cases}
    rank = Window(RowNumber(), partition_by=F("subject"), order_by=[F("at").desc(), F("pk").desc()])
    newest = (
        JournalEntry.objects.filter(subject__in=list(subjects))
        .exclude(object_type=_RECORD)
        .exclude(action__in=[*quiet_keys(), *(event.key for event in NAMES_OTHERS)])
        .annotate(rank=rank)
        .filter(rank=1)
        .order_by()
    )
    return {
        subjects[entry.subject]: LastEvent(entry.at, words_of(entry))
        for entry in newest.only("subject", "at", "action", "after")
    }


@dataclass(slots=True)
class Months:
    """Counts of one kind by month, January first."""

    counts: list[int] = field(default_factory=lambda: [0] * 12)

    @property
    def total(self) -> int:
        """Of the year."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class YearCounts:
    """What came, went, was opened and closed in a year; and for each unit or officer."""

    incoming: Months
    outgoing: Months
    established: Months
    opened: Months
    closed: Months
    by_holder: list[tuple[int | None, int, int]]
    """Unit or officer, how many cases of the year it holds, how many of the year it closed."""


def year_counts(
    user: User, year: int, *, holder: str = "officer", unit: int | None = None,
    officer: int | None = None,
) -> YearCounts:  # fmt: skip
    """Count a year by month, of the cases and records that the person sees from inside.

    Args:
        holder: ``officer`` or ``unit``: for which the second table stands.
        unit: only cases of that unit.
        officer: only cases of that officer.
    """
    wanted = {name: pk for name, pk in (("unit", unit), ("officer", officer)) if pk is not None}
    begin, end = begin_of(dt.date(year, 1, 1)), end_of(dt.date(year, 12, 31))
    cases = Case.objects.shown_to(user).filter(is_internal=True, **wanted)
    records = Record.objects.shown_to(user).filter(
        is_internal=True, **{f"case__{name}": pk for name, pk in wanted.items()}
    )
    records = records.filter(entry__registered_at__gte=begin, entry__registered_at__lt=end)
    ways = {way: Months() for way in Direction.values}
    by_month = records.order_by().annotate(month=ExtractMonth("entry__registered_at"))
    for month, way, count in (
        by_month.values("month", "direction").annotate(n=Count("pk"))
        .values_list("month", "direction", "n")
    ):  # fmt: skip
        ways[way].counts[month - 1] += count
    opened = cases.filter(entry__registered_at__gte=begin, entry__registered_at__lt=end)
    closed = cases.filter(closed_at__gte=begin, closed_at__lt=end)
    held = Counter(dict(opened.order_by().values_list(holder).annotate(n=Count("pk"))))
    done = Counter(dict(closed.order_by().values_list(holder).annotate(n=Count("pk"))))
    return YearCounts(
        incoming=ways[Direction.INCOMING],
        outgoing=ways[Direction.OUTGOING],
        established=ways[Direction.ESTABLISHED],
        opened=_months(opened, "entry__registered_at"),
        closed=_months(closed, "closed_at"),
        by_holder=sorted(
            ((pk, held[pk], done[pk]) for pk in {*held, *done}),
            key=lambda row: (-row[1], row[0] or 0),
        ),
    )


def _months(cases: QuerySet[Case], instant: str) -> Months:
    found = Months()
    rows = cases.order_by().annotate(month=ExtractMonth(F(instant)))
    for month, count in rows.values("month").annotate(n=Count("pk")).values_list("month", "n"):
        found.counts[month - 1] = count
    return found
