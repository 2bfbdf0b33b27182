# SPDX-License-Identifier: EUPL-1.2
"""A meeting from the plan to the announced minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of, gone
from casework.journal.services import log
from casework.meetings import events
from casework.meetings.enums import AttendanceRole, MeetingState
from casework.meetings.models import (
    AgendaItem,
    Attendance,
    Disqualification,
    Meeting,
)
from casework.meetings.permissions import (
    may_call,
    may_lead,
    may_lead_meeting,
    may_step_aside,
    require,
)
from casework.meetings.selectors import people_called
from casework.meetings.signals import called, cancelled
from casework.organisation.enums import ELECTED_KINDS, Role
from casework.organisation.models import Appointment, Body, User
from casework.organisation.selectors import seats_of
from casework.register.models import Case


@transaction.atomic
def plan_meeting(
    *,
    body: Body,
    day: dt.date,
    actor: User | None,
    place: str = "",
    starts_at: dt.time | None = None,
) -> Meeting:
    """Plan a body's meeting.

    Raises:
        PermissionDenied: the person does not call the body's meetings.
        ValidationError: the body is not in force on the day (R16).
    """
    require(actor is None or may_call(actor, body), body, _("ordföranden eller sekreteraren"))
    if not body.is_in_force(day):
        raise ValidationError({"day": _("%(body)s finns inte den dagen.") % {"body": body.name}})
    meeting = Meeting.objects.create(body=body, day=day, place=place.strip(), starts_at=starts_at)
    log(
        events.PLANNED,
        meeting,
        actor=actor,
        after={"body": body.pk, "day": day.isoformat()},
        rows=digests_of(meeting),
    )
    return meeting


@transaction.atomic
def set_agenda(*, meeting: Meeting, cases: Sequence[Case], actor: User | None) -> list[AgendaItem]:
    """Let the agenda be these cases, in this order; what is noted in a case stays with it.

    Raises:
        PermissionDenied: the person does not call the body's meetings.
        ValidationError: the meeting is over, or a case that has an outcome noted is left out.
    """
    _require_caller(meeting, actor)
    row = locked(meeting)
    _require_not_closed(row)
    old = {item.case_id: item for item in row.agenda.order_by("position")}
    before = list(old)
    chosen = list({case.pk: case for case in cases}.values())
    left_out = [item for pk, item in old.items() if pk not in {case.pk for case in chosen}]
    if any(item.outcome for item in left_out):
        raise ValidationError(
            {"numbers": _("Ett ärende med antecknat utfall kan inte tas bort. Ångra det först.")}
        )
    removed = gone(AgendaItem, [item.pk for item in left_out])
    row.agenda.filter(pk__in=[item.pk for item in left_out]).delete()
    items = [old.get(case.pk) or AgendaItem(meeting=row, case=case, position=0) for case in chosen]
    for position, item in enumerate(items, start=1):
        item.position = position
        item.save()
    log(
        events.AGENDA_SET,
        row,
        actor=actor,
        before={"cases": before},
        after={"cases": [case.pk for case in chosen]},
        rows={**removed, **digests_of(*items)},
    )
    return items


@transaction.atomic
def call_meeting(*, meeting: Meeting, actor: User | None) -> Meeting:
    """Call the body: a mail to each member and the secretary, with the agenda as it is.

    A meeting whose agenda changed is called again.

    Raises:
        PermissionDenied: the person does not call the body's meetings.
        ValidationError: the meeting is not a planned one, or has nothing on its agenda.
    """
    _require_caller(meeting, actor)
    row = locked(meeting)
    _require_planned(row)
    if not row.agenda.exists():
        raise ValidationError({"agenda": _("Bestäm dagordningen innan du kallar.")})
    row.called_at = timezone.now()
    row.save(update_fields=["called_at"])
    people = people_called(row)
    log(
        events.CALLED,
        row,
        actor=actor,
        after={"agenda": row.agenda.count(), "people": [user.pk for user in people]},
        rows=digests_of(row),
    )
    called.send(sender=Meeting, meeting=row, people=people)
    return row


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, actor: User | None) -> Meeting:
    """Call a planned meeting off; who was called to it is told.

    Raises:
        PermissionDenied: the person does not call the body's meetings.
        ValidationError: the meeting is not a planned one, or the reason is missing.
    """
    _require_caller(meeting, actor)
    row = locked(meeting)
    if row.state != MeetingState.PLANNED:
        raise ValidationError(_("Bara ett planerat möte kan ställas in."), code="state")
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför mötet ställs in.")})
    row.state, row.cancel_reason = MeetingState.CANCELLED, reason.strip()
    row.save(update_fields=["state", "cancel_reason"])
    log(events.CANCELLED, row, actor=actor, reason=row.cancel_reason, rows=digests_of(row))
    if row.called_at:
        cancelled.send(sender=Meeting, meeting=row, people=people_called(row))
    return row


@transaction.atomic
def open_meeting(
    *, meeting: Meeting, chair: User | None, present: Sequence[User], actor: User | None
) -> Meeting:
    """Open a meeting on its day: who chairs it and who is there.

    Args:
        chair: one with a seat in the body. Only an elected body, whose roll is kept elsewhere, may
            meet without one named.

    Raises:
        PermissionDenied: the person leads no meetings of the body.
        ValidationError: the meeting is not planned, its day lies ahead, the body has ceased,
            another meeting is open, or the chair has no seat or is not there.
    """
    row = locked(meeting)
    require(
        actor is None or may_lead(actor, row.body, row.day),
        row.body,
        _("ordföranden eller sekreteraren"),
    )
    _require_planned(row)
    if row.day > timezone.localdate():
        raise ValidationError(
            {"day": _("Mötet hålls den %(day)s och kan öppnas då.") % {"day": row.day.isoformat()}}
        )
    if not row.body.is_in_force(row.day):
        raise ValidationError({"day": _("%(body)s finns inte den dagen.") % {"body": row.body}})
    if row.body.meetings.filter(state=MeetingState.OPEN).exists():
        raise ValidationError(_("Organet har redan ett möte som pågår."), code="open")
    seats = set(seats_of(row.body, row.day).values_list("user_id", flat=True))
    if chair is None and (seats or row.body.kind not in ELECTED_KINDS):
        raise ValidationError({"chair": _("Ange vem som är ordförande vid mötet.")})
    if chair is not None and seats and chair.pk not in seats:
        raise ValidationError({"chair": _("%(name)s har ingen plats i organet.") % {"name": chair}})
    row.state = MeetingState.OPEN
    row.chair = chair
    row.opened_at = timezone.now()
    row.save(update_fields=["state", "chair", "opened_at"])
    attendances = _write_attendance(row, [*([chair] if chair else []), *present])
    log(
        events.OPENED,
        row,
        actor=actor,
        after={
            "chair": chair.pk if chair else None,
            "present": sorted({user.pk for user in present}),
        },
        rows=digests_of(row, *attendances),
    )
    return row


@transaction.atomic
def note_attendance(*, meeting: Meeting, present: Sequence[User], actor: User) -> Meeting:
    """Note who is there now; those who have left stay in the list as no longer present.

    Raises:
        PermissionDenied: the person does not lead the meeting.
        ValidationError: the meeting is not open.
    """
    row = _open_and_led(meeting, actor)
    attendances = _write_attendance(row, present)
    log(
        events.ATTENDANCE,
        row,
        actor=actor,
        after={"present": sorted({user.pk for user in present})},
        rows=digests_of(*attendances),
    )
    return row


@transaction.atomic
def note_disqualification(
    *, meeting: Meeting, case: Case, user: User, reason: str, actor: User
) -> Disqualification:
    """Note that a person is disqualified in a case at the meeting (jäv, KL 6:28–31).

    Raises:
        PermissionDenied: neither one who leads the meeting nor the person concerned, who takes
            part in it, notes it.
        ValidationError: the meeting is not open, the reason is missing, or the case is decided.
    """
    row = locked(meeting)
    require(
        may_lead_meeting(actor, row) or (actor.pk == user.pk and may_step_aside(actor, row)),
        row.body,
        _("ordföranden, sekreteraren eller den som är jävig"),
    )
    _require_open(row)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför personen är jävig.")})
    if row.decisions.filter(case=case).exists():
        raise ValidationError({"case": _("Mötet har redan beslutat i ärendet.")})
    noted, _created = Disqualification.objects.get_or_create(
        meeting=row, case=case, user=user, defaults={"reason": reason.strip()}
    )
    log(
        events.DISQUALIFIED,
        row,
        actor=actor,
        about=case,
        after={"meeting": row.pk, "user": user.pk},
        reason=reason,
        rows=digests_of(noted),
    )
    return noted


@transaction.atomic
def close_meeting(*, meeting: Meeting, actor: User) -> Meeting:
    """Close the meeting; a reservation has to be announced before this (KL 4:27).

    Raises:
        PermissionDenied: the person does not lead the meeting.
        ValidationError: the meeting is not open.
    """
    row = _open_and_led(meeting, actor)
    row.state = MeetingState.CLOSED
    row.closed_at = timezone.now()
    row.save(update_fields=["state", "closed_at"])
    log(
        events.CLOSED,
        row,
        actor=actor,
        after={"decisions": row.decisions.count()},
        rows=digests_of(row),
    )
    return row


def _write_attendance(meeting: Meeting, present: Sequence[User]) -> list[Attendance]:
    """Write who is there now; returns every row of the meeting as it stands."""
    people = {user.pk: user for user in present}
    roles = _roles(meeting, people)
    Attendance.objects.filter(meeting=meeting).exclude(user__in=people).update(is_present=False)
    Attendance.objects.bulk_create(
        (Attendance(meeting=meeting, user_id=pk, role=roles[pk], is_present=True) for pk in people),
        update_conflicts=True,
        unique_fields=["meeting", "user"],
        update_fields=["role", "is_present"],
    )
    return list(Attendance.objects.filter(meeting=meeting))


def _roles(meeting: Meeting, people: dict[int, User]) -> dict[int, AttendanceRole]:
    seats = set(seats_of(meeting.body, meeting.day).values_list("user_id", flat=True))
    writers = set(
        Appointment.objects.in_force(meeting.day)
        .filter(body=meeting.body, role=Role.SECRETARY)
        .values_list("user_id", flat=True)
    )
    found = {}
    for pk in people:
        if pk == meeting.chair_id:
            found[pk] = AttendanceRole.CHAIR
        elif pk in seats:
            found[pk] = AttendanceRole.MEMBER
        elif pk in writers:
            found[pk] = AttendanceRole.SECRETARY
        else:
            found[pk] = AttendanceRole.OTHER
    return found


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, nobody else's to change until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)


def _open_and_led(meeting: Meeting, actor: User) -> Meeting:
    row = locked(meeting)
    require_leader(row, actor)
    _require_open(row)
    return row


def _require_caller(meeting: Meeting, actor: User | None) -> None:
    require(
        actor is None or may_call(actor, meeting.body),
        meeting.body,
        _("ordföranden eller sekreteraren"),
    )


def require_leader(meeting: Meeting, actor: User) -> None:
    """Raise PermissionDenied unless the person leads the meeting."""
    require(may_lead_meeting(actor, meeting), meeting.body, _("ordföranden eller sekreteraren"))


def _require_open(meeting: Meeting) -> None:
    if not meeting.is_open:
        raise ValidationError({"meeting": _("Mötet pågår inte.")})


def _require_planned(meeting: Meeting) -> None:
    _require_not_cancelled(meeting)
    if meeting.state != MeetingState.PLANNED:
        raise ValidationError(_("Mötet är redan öppnat."), code="state")


def _require_not_cancelled(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise ValidationError({"meeting": _("Mötet är inställt.")})


def _require_not_closed(meeting: Meeting) -> None:
    _require_not_cancelled(meeting)
    if meeting.state == MeetingState.CLOSED:
        raise ValidationError({"meeting": _("Mötet är avslutat.")})
