# SPDX-License-Identifier: EUPL-1.2
"""Reading the register with rules: a case as it was on a day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.journal.models import JournalEntry
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import appointments_of, authorities_with
from casework.register import events
from casework.register.days import end_of
from casework.register.enums import DEPENDENCIES
from casework.register.models import (
    Case,
    CaseLink,
    DiaryEntry,
    NumberSeries,
    Party,
    Record,
    RecordFile,
    RegistrationToken,
    TextPart,
)
from casework.register.numbers import best_reading, parse_lenient, parse_short
from casework.register.state import CASE_FIELDS, RECORD_FIELDS, value_of

_CASE, _RECORD = Case._meta.label_lower, Record._meta.label_lower


def registered_before(token: uuid.UUID) -> Case | None:
    """The case that was registered by a form that is sent again."""
    row = RegistrationToken.objects.select_related("case").filter(token=token).first()
    return row.case if row else None


SAME_LETTER = dt.timedelta(minutes=10)
"""Letters with the same title and sender within this time may be one letter, registered twice."""


LATEST = 50
"""So many of the newest cases are looked through for one that is the same."""


def recent_twin(
    user: User, series: NumberSeries, *, title: str, party: str
) -> tuple[Case, dt.timedelta] | None:
    """A case with the same title and sender, registered just now, and how long ago it was.

    Only one that the person sees. The diary itself is asked, newest number first, so that the
    question costs the same in a small diary and a big one.
    """
    now = timezone.now()
    latest = DiaryEntry.objects.filter(
        authority=series.authority_id,
        series=series,
        year=timezone.localdate(now).year,
        record_number=0,
    ).order_by("-serial")
    wanted = (title.strip(), party.strip())
    for pk, at, *said in latest.values_list("pk", "registered_at", "title", "party")[:LATEST]:
        if tuple(said) == wanted and now - at < SAME_LETTER:
            case = Case.objects.visible_to(user).filter(entry=pk).first()
            if case is not None:
                return case, now - at
    return None


def twin_record(
    user: User, case: Case, *, title: str, party: str
) -> tuple[str, dt.timedelta] | None:
    """A record of the case with the same title and sender, if it was registered just now."""
    now = timezone.now()
    rows = Record.objects.visible_to(user).filter(
        case=case, title=title.strip(), party=party.strip(),
        entry__registered_at__gt=now - SAME_LETTER,
    ).order_by("-pk").values_list("dnr", "entry__registered_at")  # fmt: skip
    found = rows.first()
    return (found[0], now - found[1]) if found else None


def lately_registered(user: User) -> list[Record]:
    """What the person has registered lately and may see, the newest first: five at most."""
    kept = authorities_with(user, Role.REGISTRAR)
    latest = DiaryEntry.objects.filter(
        authority__in=kept, record_number__gt=0, series__is_historic=False
    ).order_by("-pk")
    rows = latest.values_list("pk", "registered_by")[:LATEST]
    mine = [pk for pk, registered_by in rows if registered_by == user.pk][:LATELY]
    return list(
        Record.objects.shown_to(user)
        .filter(entry__in=mine, is_internal=True)
        .select_related("case")
        .order_by("-entry_id")
    )


LATELY = 5
"""So many of the last letters are shown beside the form."""


def parties_like(authorities: Iterable[int], text: str) -> list[Party]:
    """Known senders whose name, or a word of it, begins so; none for fewer than two letters."""
    if len(text) < 2:
        return []
    begins = Q(name__istartswith=text) | Q(name__icontains=f" {text}")
    return list(Party.objects.filter(begins, authority__in=list(authorities))[:LATELY])


def dependencies_of(
    user: User, cases: Iterable[int] | QuerySet[Any, Any]
) -> dict[int, list[CaseLink]]:
    """What some cases need, rule out or build on, by their keys; links to cases one sees only.

    Args:
        cases: their keys, or a query that gives them.
    """
    found: dict[int, list[CaseLink]] = {}
    rows = CaseLink.objects.filter(
        case__in=cases, kind__in=DEPENDENCIES, target__in=Case.objects.visible_to(user)
    )
    for link in rows.select_related("target").order_by("pk"):
        found.setdefault(link.case_id, []).append(link)
    return found


def by_short_number(user: User, text: str) -> list[Case]:
    """The case that a number without year means to this person: ``35``, ``KS35``, or ``35-1``.

    A record is named only where the case has it; other pairs of numbers are none. In the diaries
    of the authorities where the person has an appointment, unless one is named; of this year, else
    of the newest that has one. Several only where two of one's own diaries have the number in the
    same year.
    """
    short = parse_short(text)
    if short is None:
        return []
    code, serial, record = short
    rows = Case.objects.visible_to(user).filter(serial=serial, entry__series__is_historic=False)
    if record is not None:
        numbered = Record.objects.visible_to(user).filter(entry__record_number=record)
        rows = rows.filter(pk__in=numbered.values("case"))
    if code is not None:
        rows = rows.filter(authority__code=code)
    else:
        rows = rows.filter(authority__in=own_authorities(user))
    found = list(rows.order_by("-year", "pk")[:5])
    return [case for case in found if case.year == found[0].year]


def case_meant(user: User, text: str) -> Case | None:
    """The one case that a typed number means to this person, if it can mean only one.

    In any spelling. Of several that share year and serial, that of one's own authority.
    """
    # Year and serial say enough where only one visible case has them ("2026/35").
    found = list(Case.objects.visible_to(user).by_number(text, strict="/" not in text)[:9])
    # A case that another was joined into is found by that one's number too, which means the other.
    took_over = {case.merged_into_id for case in found}
    found = [case for case in found if case.pk not in took_over]
    best = best_reading(text)
    if best is not None and best.record is not None:
        # "35/2026-1" could have a code in front or behind; a record is the likelier.
        found = [x for x in found if (x.year, x.serial) == (best.year, best.serial)] or found
    if len(found) > 1:
        mine = own_authorities(user)
        found = [case for case in found if case.authority_id in mine]
    if not found:
        found = by_short_number(user, text)
    return found[0] if len(found) == 1 else None


def record_meant(user: User, case: Case, text: str) -> Record | None:
    """The record of a case that a typed number names, if it names one that the person sees."""
    keys = set(case.numbers.values_list("loose_key", flat=True))
    named = {number.record for number in parse_lenient(text) if number.loose_key in keys}
    short = parse_short(text)
    if short is not None and short.serial == case.serial:
        named.add(short.record)
    rows = Record.objects.shown_to(user).filter(case=case, entry__record_number__in=named - {None})
    return rows.select_related("entry", "case").first()


def joined_into(user: User | None, case: Case) -> Case | None:
    """The case into which this one was joined, if the person may see it."""
    if case.merged_into_id is None:
        return None
    return Case.objects.visible_to(user).filter(pk=case.merged_into_id).first()


def own_authorities(user: User) -> frozenset[int]:
    """The authorities at which the person has an appointment, in whatever part of them."""
    found = set()
    for row in appointments_of(user):
        scope = row.body or row.administration
        found.add(row.authority_id or (scope.authority_id if scope else None))
    return frozenset(pk for pk in found if pk is not None)


def public_file(pk: int) -> RecordFile | None:
    """A file that everybody may read: chosen by a registrar, of a record that everybody sees."""
    files = RecordFile.objects.filter(record__in=Record.objects.visible_to(None))
    file = files.select_related("record").filter(pk=pk).first()
    return file if file is not None and file.pk in file.record.public_files else None


def case_as_of(case: Case, day: dt.date) -> dict[str, object]:
    """The register of a case as it was at the end of a day; empty before it was registered.

    What is stored now, with every entry of the journal after the day undone, the newest first.
    Values are as the fields have them, a row that is pointed to by its primary key. Beside the
    fields there are ``administrations``, ``followers``, ``numbers`` and ``records``, which maps
    each record's number to what was registered of it.
    """
    stored = Case.objects.get(pk=case.pk)
    state: dict[str, object] = {name: value_of(stored, name) for name in CASE_FIELDS}
    state["administrations"] = sorted(stored.administrations.values_list("pk", flat=True))
    state["followers"] = sorted(stored.followers.values_list("user_id", flat=True))
    state["numbers"] = list(stored.numbers.order_by("pk").values_list("display", flat=True))
    records: dict[str, dict[str, object]] = {
        str(row.pk): {"dnr": row.dnr, **{name: value_of(row, name) for name in RECORD_FIELDS}}
        for row in stored.records.all()
    }
    later = JournalEntry.objects.filter(
        subject=stored.subject, action__startswith="register.", at__gte=end_of(day)
    )
    for entry in later.order_by("-position"):
        if entry.action == events.CASE_REGISTERED.key:
            return {}
        if entry.action == events.RECORD_REGISTERED.key:
            records.pop(entry.object_id, None)
        elif entry.object_type == _RECORD and entry.object_id in records:
            _undo(records[entry.object_id], entry.before)
        elif entry.object_type == _CASE:
            _undo(state, entry.before)
    values = {name: _as_field(Case, name, value) for name, value in state.items()}
    values["records"] = {
        str(row["dnr"]): {name: _as_field(Record, name, row[name]) for name in RECORD_FIELDS}
        for row in records.values()
    }
    return values


def numbers_unseen(user: User, case: Case) -> frozenset[str]:
    """The numbers of the cases that this one hangs together with and that the person may not see.

    Told, such a number would say that a secret case exists (R67).
    """
    near = Case.objects.filter(
        Q(pk__in=case.links.values("target"))
        | Q(pk__in=case.linked_from.values("case"))
        | Q(pk=case.merged_into_id)
        | Q(merged_into=case)
        | Q(records__copies__case=case)
        | Q(records__copied_from__case=case)
    )
    unseen = near.exclude(pk__in=Case.objects.visible_to(user).values("pk"))
    return frozenset(unseen.values_list("dnr", flat=True))


def entries_shown(user: User, case: Case, entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """Of a case's journal what the person may read, who is let in to the case.

    Not what happened to its records that are secret to the person, nor what names a case that the
    person may not see.
    """
    unseen = numbers_unseen(user, case)
    records = {
        str(pk)
        for pk in case.records.exclude(
            pk__in=Record.objects.shown_to(user).filter(is_internal=True).values("pk")
        ).values_list("pk", flat=True)
    }
    return [
        entry
        for entry in entries
        if not (entry.object_type == _RECORD and entry.object_id in records)
        and unseen.isdisjoint(_words_in(entry))
    ]


def _words_in(entry: JournalEntry) -> list[str]:
    values = [*entry.before.values(), *entry.after.values()]
    return [value for value in values if isinstance(value, str)]


def _undo(state: dict[str, object], before: dict[str, object]) -> None:
    state.update((name, value) for name, value in before.items() if name in state)


def _as_field(model: type[models.Model], name: str, value: object) -> object:
    """A value of the journal as the field has it: days and instants are days and instants again."""
    fields = CASE_FIELDS if model is Case else RECORD_FIELDS
    if name not in fields:
        return value
    field = model._meta.get_field(name)
    plain = field.target_field if isinstance(field, models.ForeignKey) else field
    return plain.to_python(value)  # type: ignore[union-attr]


def text_of_file(file: RecordFile) -> str:
    """What was read of a file here, for those who may read the file; nothing where nothing was."""
    rows = TextPart.objects.filter(record=file.record_id, key=file.text_key)
    return rows.values_list("text", flat=True).first() or ""
