# SPDX-License-Identifier: EUPL-1.2
"""The only writers of reminders, of the marks on new records, and of stand-ins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.tokens import Face
from casework.follow_up import events
from casework.follow_up.models import NewRecord, Reminder, StandIn
from casework.follow_up.permissions import (
    WHO_ENDS,
    WHO_REMINDS,
    WHO_SETS,
    WHO_TICKS,
    may_end_reminder,
    may_remind,
    may_set_stand_in,
    may_tick,
    require,
)
from casework.follow_up.selectors import reminders_due
from casework.journal.digests import digests_of
from casework.journal.events import EventType
from casework.journal.services import lock_chain, log
from casework.organisation.models import Unit, User
from casework.register.models import Case, Record
from casework.register.obstacles import require_live


@transaction.atomic
def set_reminder(
    *,
    case: Case,
    day: dt.date,
    what: str,
    actor: User,
    user: User | None = None,
    unit: Unit | None = None,
    record: Record | None = None,
) -> Reminder:
    """Let a person or a unit remember something about a case on a day.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: it does not say what, or whom; the day has passed; the case is
            void or joined; who should remember is not let in to it; or the record is another's.
    """
    require(may_remind(actor, case), WHO_REMINDS)
    require_live(case)
    what = " ".join(what.split())
    if not what:
        raise ValidationError({"what": _("Skriv vad som ska göras.")})
    if len(what) > 200:
        raise ValidationError({"what": _("Skriv högst 200 tecken.")})
    _check_day(day)
    if (user is None) == (unit is None):
        raise ValidationError({"user": _("Välj en person eller en enhet.")}, code="one")
    _check_addressee(case, user, unit)
    if record is not None and record.case_id != case.pk:
        raise ValidationError({"record": _("Handlingen hör till ett annat ärende.")})
    lock_chain(case.chain)
    reminder = Reminder.objects.create(
        case=case, record=record, day=day, user=user, unit=unit, what=what, made_by=actor
    )
    _log(events.REMINDER_SET, reminder, actor, after={"day": str(day), "what": what})
    return reminder


@transaction.atomic
def move_reminder(*, reminder: Reminder, day: dt.date, actor: User) -> None:
    """Let it wait until another day.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: it is done, or the day has passed.
    """
    require(may_end_reminder(actor, reminder), WHO_ENDS)
    _check_day(day)
    stored = _open(reminder)
    before = {"day": str(stored.day)}
    stored.day = day
    stored.save(update_fields=["day"])
    _log(events.REMINDER_MOVED, stored, actor, before=before, after={"day": str(day)})


@transaction.atomic
def complete_reminder(*, reminder: Reminder, actor: User, reason: str = "") -> None:
    """Say that it is done.

    Args:
        reason: why it ends although nothing was done, for the journal.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: it is done already.
    """
    require(may_end_reminder(actor, reminder), WHO_ENDS)
    stored = _open(reminder)
    stored.done_by, stored.done_at = actor, timezone.now()
    stored.save(update_fields=["done_by", "done_at"])
    _log(events.REMINDER_DONE, stored, actor, after={"what": stored.what}, reason=reason)


@transaction.atomic
def take_due_reminders(*, day: dt.date) -> list[Reminder]:
    """The reminders to tell of on a day, each given out once; by the software alone."""
    rows = list(reminders_due(day).select_for_update(of=("self",)))
    for reminder in rows:
        reminder.told_for = reminder.day
    Reminder.objects.bulk_update(rows, ["told_for"])
    return rows


def note_new_record(*, record: Record) -> NewRecord:
    """Let a record that came in stand with who has the case; called in the filing's transaction."""
    row, _created = NewRecord.objects.get_or_create(record=record, case_id=record.case_id)
    return row


def tick_record(*, new: NewRecord, actor: User) -> None:
    """Say that a new record is seen to.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
    """
    require(may_tick(actor, new), WHO_TICKS)
    rows = NewRecord.objects.filter(pk=new.pk, seen_at=None)
    rows.update(seen_by=actor, seen_at=timezone.now())


def see_case(*, case: Case, actor: User) -> list[NewRecord]:
    """Note that who has the case has opened it: its new records are seen; return which.

    Of anybody else's opening nothing is noted. One's stand-in ticks instead: what they have seen,
    the absent person has not.
    """
    own = case.officer_id == actor.pk
    units = case.officer_id is None and case.unit_id is not None and case.unit_id == actor.unit_id
    if not (own or units):
        return []
    shown = Record.objects.shown_to(actor).filter(is_internal=True)
    rows = NewRecord.objects.filter(
        case=case, seen_at=None, record__in=shown.filter(voided_at=None)
    )
    unseen = list(rows.select_related("record"))
    keys = [row.pk for row in unseen]
    if keys:
        now = timezone.now()
        NewRecord.objects.filter(pk__in=keys, seen_at=None).update(seen_by=actor, seen_at=now)
    return unseen


@transaction.atomic
def set_stand_in(
    *,
    absent: User,
    substitute: User,
    valid_from: dt.date,
    valid_until: dt.date | None,
    actor: User,
) -> StandIn:
    """Let somebody do a person's work for a time; it gives no right that they have not.

    Raises:
        PermissionDenied: it is not oneself, and one is no administrator.
        ValidationError: it is oneself, the account is closed, the period is empty or has passed,
            or the same person stands in then already.
    """
    require(may_set_stand_in(actor, absent), WHO_SETS)
    if substitute.pk == absent.pk or not substitute.is_active:
        raise ValidationError({"substitute": _("Välj en annan person som har ett öppet konto.")})
    if valid_until is not None and valid_until < valid_from:
        raise ValidationError({"valid_until": _("Ersättaren kan inte sluta innan den börjar.")})
    if valid_until is not None and valid_until < timezone.localdate():
        raise ValidationError({"valid_until": _("Den dagen har redan passerat.")})
    rows = StandIn.objects.overlapping(valid_from, valid_until)
    if rows.filter(absent=absent, substitute=substitute).exists():
        raise ValidationError({"substitute": _("Personen är redan ersättare under den tiden.")})
    row = StandIn.objects.create(
        absent=absent,
        substitute=substitute,
        valid_from=valid_from,
        valid_until=valid_until,
        set_by=actor,
    )
    period = {"valid_from": str(valid_from), "valid_until": str(valid_until or "")}
    _log_stand_in(events.STAND_IN_SET, row, actor, after=period)
    return row


@transaction.atomic
def end_stand_in(*, stand_in: StandIn, actor: User) -> None:
    """Let it have ended yesterday: the person is back.

    Raises:
        PermissionDenied: it is not oneself, and one is no administrator.
        ValidationError: it has ended already.
    """
    require(may_set_stand_in(actor, stand_in.absent), WHO_SETS)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if stand_in.valid_until is not None and stand_in.valid_until <= yesterday:
        raise ValidationError(_("Den har redan slutat."))
    before = {"valid_until": str(stand_in.valid_until or "")}
    # One that never began keeps a day that it did not count: its first is moved with its last.
    stand_in.valid_from = min(stand_in.valid_from, yesterday)
    stand_in.valid_until = yesterday
    stand_in.save(update_fields=["valid_from", "valid_until"])
    _log_stand_in(
        events.STAND_IN_ENDED, stand_in, actor, before=before, after={"valid_until": str(yesterday)}
    )


def _open(reminder: Reminder) -> Reminder:
    """The reminder as it is stored, under the lock of its chain and its own."""
    lock_chain(reminder.case.chain)
    rows = Reminder.objects.select_for_update(of=("self",)).select_related(
        "case", "user", "unit", "record"
    )
    stored = rows.get(pk=reminder.pk)
    if stored.done_at is not None:
        raise ValidationError(_("Bevakningen är redan klar."), code="done")
    return stored


def _check_day(day: dt.date) -> None:
    if day < timezone.localdate():
        raise ValidationError({"day": _("Välj en dag som inte har passerat.")})


def _check_addressee(case: Case, user: User | None, unit: Unit | None) -> None:
    if user is not None and (
        not user.is_active or not case.is_open_to(user) or case.face_for(user) is not Face.INTERNAL
    ):
        raise ValidationError({"user": _("Personen kan inte öppna ärendet.")}, code="outside")
    if unit is not None and (unit.authority_id != case.authority_id or not unit.is_in_force()):
        raise ValidationError({"unit": _("Välj en enhet hos ärendets myndighet.")}, code="unit")


def _log(
    event: EventType,
    reminder: Reminder,
    actor: User,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object],
    reason: str = "",
) -> None:
    # Under the record that it is about: who may not see that reads nothing of it in the journal.
    log(
        event,
        reminder.record or reminder,
        actor=actor,
        about=reminder.case,
        before=dict(before or {}),
        after={"who": reminder.who, **after},
        reason=reason,
        rows=digests_of(reminder),
    )


def _log_stand_in(
    event: EventType,
    row: StandIn,
    actor: User,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object],
) -> None:
    words = {"who": str(row.absent), "by": str(row.substitute)}
    told = {**words, **after}
    before = dict(before or {})
    log(event, row, actor=actor, before=before, after=told, rows=digests_of(row))
