# SPDX-License-Identifier: EUPL-1.2
"""What a person has to do: letters, reminders and new records, their own and those stood in for.

Seen through the person's own tokens: who stands in sees nothing that they would not see else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.follow_up.models import NewRecord, Reminder, StandIn
from casework.journal.models import JournalEntry
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import authorities_with
from casework.register import events as register_events
from casework.register.enums import CaseType
from casework.register.models import Case, Record
from casework.register.obstacles import Missing
from casework.register.permissions import diaries_of

HANDED_OVER = (register_events.OFFICER_ASSIGNED.key, register_events.UNIT_ASSIGNED.key)


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that somebody has.

    Attributes:
        case: as the person is shown it.
        due: by when it should be answered; none where no day is set.
        instead_of: the absent person whose it is, where it is stood in for.
        note: what was written when it was handed over.
    """

    case: Case
    due: dt.date | None
    instead_of: User | None
    note: str

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.due is not None and self.due < timezone.localdate()


def stands_in_for(user: User, on: dt.date | None = None) -> list[User]:
    """The people for whom the person stands in on a day, today unless told."""
    rows = StandIn.objects.in_force(on).filter(substitute=user, absent__is_active=True)
    return [row.absent for row in rows.select_related("absent").order_by("pk")]


def stand_ins_of(people: set[int], on: dt.date | None = None) -> dict[int, list[User]]:
    """Who stands in today for which of these people, by their keys."""
    found: dict[int, list[User]] = {}
    rows = StandIn.objects.in_force(on).filter(absent__in=people, substitute__is_active=True)
    for row in rows.select_related("substitute").order_by("pk"):
        found.setdefault(row.absent_id, []).append(row.substitute)
    return found


def stand_ins_shown_to(user: User, *, every: bool) -> QuerySet[StandIn]:
    """The stand-ins that are or will be: of the person, or of everybody for an administrator."""
    rows = StandIn.objects.exclude(valid_until__lt=timezone.localdate())
    mine = Q() if every else Q(absent=user) | Q(substitute=user)
    return rows.filter(mine).select_related("absent", "substitute")


def _people(user: User, absent: list[User]) -> list[int]:
    return [user.pk, *(person.pk for person in absent)]


def letters_held(user: User, absent: list[User], most: int) -> list[Held]:
    """Open letters that wait for the person, the most urgent first; one more than ``most`` at most.

    Their own; their unit's that nobody there has taken; those of whom they stand in for; and for
    registrars and officers those that neither officer nor unit has, so that nothing which came in
    is in nobody's list. Those of a unit without people, and of who has left, stand with the
    registrars too.
    """
    takers = authorities_with(user, Role.REGISTRAR, Role.OFFICER)
    keepers = diaries_of(user)
    waiting = Q(officer__in=_people(user, absent))
    waiting |= Q(officer=None, unit=None, authority__in=takers)
    if user.unit_id:
        waiting |= Q(officer=None, unit=user.unit_id)
    if keepers:
        staffed = User.objects.filter(unit=OuterRef("unit"), is_active=True)
        waiting |= Q(officer=None, unit__isnull=False, authority__in=keepers) & ~Q(Exists(staffed))
        waiting |= Q(officer__is_active=False, authority__in=keepers)
    found = (
        Case.objects.shown_to(user)
        .filter(waiting, closed_at=None, voided_at=None, merged_into=None)
        .exclude(case_type=CaseType.INITIATIVE)
        .select_related("officer", "unit")
        .order_by(Coalesce("due_on", "received_date", output_field=DateField()), "pk")
    )
    cases = list(found[: most + 1])
    notes = handing_notes([case for case in cases if case.is_internal])
    away = {person.pk: person for person in absent}
    return [
        Held(case, case.due_on, away.get(case.officer_id or 0), notes.get(case.pk, ""))
        for case in cases
    ]


def handing_notes(cases: list[Case]) -> dict[int, str]:
    """What was written when each case was last handed over, by key; for those let in to it."""
    subjects = {case.subject: case.pk for case in cases}
    if not subjects:
        return {}
    notes: dict[int, str] = {}
    rows = JournalEntry.objects.filter(subject__in=subjects, action__in=HANDED_OVER)
    for subject, reason in rows.order_by("at", "pk").values_list("subject", "reason"):
        notes[subjects[subject]] = reason  # the last of each stands
    return notes


def _within(user: User) -> QuerySet[Case]:
    """The cases that the person is let in to: more than publicity opens them."""
    return Case.objects.shown_to(user).filter(is_internal=True)


def _unhidden(user: User) -> Q:
    """Of what may be about a record: that whose record the person is let in to."""
    seen = Record.objects.shown_to(user).filter(pk=OuterRef("record"), is_internal=True)
    return Q(record=None) | Q(Exists(seen))


def reminders_in(user: User, case: Case) -> QuerySet[Reminder]:
    """The reminders of a case that the person is let in to: open first, each by its day."""
    rows = Reminder.objects.filter(_unhidden(user), case=case)
    return rows.select_related("user", "unit", "record", "done_by").order_by("day", "pk")


def reminders_waiting(user: User, absent: list[User]) -> QuerySet[Reminder]:
    """The open reminders that are the person's, their unit's, or stood in for, by day.

    Those of somebody who has left stand with the registrars.
    """
    mine = Q(user__in=_people(user, absent))
    if user.unit_id:
        mine |= Q(unit=user.unit_id)
    if keepers := diaries_of(user):
        mine |= Q(user__is_active=False, case__authority__in=keepers)
    return (
        Reminder.objects.filter(mine, _unhidden(user), done_at=None, case__in=_within(user))
        .select_related("case", "user", "unit", "record")
        .order_by("day", "pk")
    )


def reminders_due(day: dt.date) -> QuerySet[Reminder]:
    """The open reminders whose day has come and of which nobody has been told for that day."""
    untold = Q(told_for=None) | ~Q(told_for=F("day"))
    return Reminder.objects.filter(untold, done_at=None, day__lte=day).select_related(
        "case", "user", "unit", "record"
    )


def people_of(reminder: Reminder) -> list[User]:
    """Who is told of a reminder: the person or the unit's people who are let in to it."""
    if reminder.user is not None:
        people = [reminder.user]
    else:
        people = list(User.objects.filter(unit=reminder.unit_id, is_active=True).order_by("pk"))
    return [user for user in people if user.is_active and is_shown(user, reminder)]


def is_shown(user: User, reminder: Reminder) -> bool:
    """Whether the person is let in to what the reminder is about."""
    rows = Reminder.objects.filter(_unhidden(user), pk=reminder.pk, case__in=_within(user))
    return rows.exists()


def new_records_waiting(user: User, absent: list[User]) -> QuerySet[NewRecord]:
    """New records in the cases that the person has, or stands in for, that nobody has seen to."""
    keepers = diaries_of(user)
    mine = Q(case__officer__in=_people(user, absent))
    mine |= Q(case__officer=None, case__unit=None, case__authority__in=keepers)
    if user.unit_id:
        mine |= Q(case__officer=None, case__unit=user.unit_id)
    seen = Record.objects.shown_to(user).filter(pk=OuterRef("record"), is_internal=True)
    return (
        NewRecord.objects.filter(mine, Exists(seen), seen_at=None)
        .filter(case__voided_at=None, record__voided_at=None)
        .select_related("case__officer", "record")
        .order_by("since", "pk")
    )


def open_reminders(case: Case) -> Iterator[Missing]:
    """What a case lacks before it is closed: what somebody wanted to be reminded of."""
    for row in Reminder.objects.filter(case=case, done_at=None).order_by("day", "pk"):
        told = _("Bevakningen den %(day)s är inte klar.") % {"day": f"{row.day:%Y-%m-%d}"}
        yield Missing("reminder", told, row)
