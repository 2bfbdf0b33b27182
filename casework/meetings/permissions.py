# SPDX-License-Identifier: EUPL-1.2
"""Who calls, leads, records and corrects (R47; KL 6:28–31)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.meetings.enums import MeetingState
from casework.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    Disqualification,
    Meeting,
    MinutesFile,
)
from casework.organisation.enums import CHAIRS, SEATS, BodyKind, Role
from casework.organisation.models import Appointment, Body, User
from casework.organisation.selectors import appointments_of, has_role_at, roles_of
from casework.register.models import Case

OFFICE_SUPPORTS = frozenset(
    {BodyKind.SERVICE_AREA_GROUP, BodyKind.COMMITTEE, BodyKind.DEVELOPMENT_COUNCIL}
)
"""The bodies for which stadsledningskontoret is the office (R22)."""


def may_call(user: User, body: Body) -> bool:
    """Whether the person plans meetings and sets agendas: chair, secretary or the office (R22)."""
    if _holds(user, body, None, *CHAIRS, Role.SECRETARY):
        return True
    office = {Role.EXECUTIVE_OFFICE, Role.CITY_MANAGER} & roles_of(user)
    return user.is_active and body.kind in OFFICE_SUPPORTS and bool(office)


def may_lead(user: User, body: Body, on: dt.date | None = None) -> bool:
    """Whether the person opens, notes and closes a meeting: the body's chair or secretary."""
    return _holds(user, body, on, *CHAIRS, Role.SECRETARY)


def may_lead_meeting(user: User, meeting: Meeting) -> bool:
    """As :func:`may_lead`, and whoever was chosen to chair this meeting."""
    return user.is_active and (
        meeting.chair_id == user.pk or may_lead(user, meeting.body, meeting.day)
    )


def may_record(user: User, body: Body, on: dt.date, case: Case | None = None) -> bool:
    """Whether the person records what the body decides on the day.

    The chair or the secretary; and whoever has a seat and is present, and not disqualified, while
    the body's meeting is open. A person disqualified in the case records nothing in it.
    """
    if not user.is_active:
        return False
    meeting = Meeting.objects.filter(body=body, state=MeetingState.OPEN).first()
    if meeting and case and is_disqualified(user, meeting, case):
        return False
    if may_lead(user, body, on):
        return True
    return (
        meeting is not None
        and _holds(user, body, meeting.day, *SEATS)
        and Attendance.objects.filter(meeting=meeting, user=user, is_present=True).exists()
    )


def may_settle(user: User, item: AgendaItem) -> bool:
    """Whether the person decides at once on a point: what is noted, those who lead decide."""
    return not item.outcome or may_lead_meeting(user, item.meeting)


def takes_part(user: User, body: Body, on: dt.date | None) -> bool:
    """Whether the person sits in the body on the day (today unless told), or writes for it."""
    return _holds(user, body, on, *SEATS, Role.SECRETARY)


def may_step_aside(user: User, meeting: Meeting) -> bool:
    """Whether the person may say that they are disqualified: they take part, or are there."""
    return takes_part(user, meeting.body, meeting.day) or (
        user.is_active
        and Attendance.objects.filter(meeting=meeting, user=user, is_present=True).exists()
    )


def may_decide_alone(user: User, body: Body, on: dt.date) -> bool:
    """Whether the person decides for the body by delegation: its chair, or stadsdirektören."""
    return _holds(user, body, on, *CHAIRS, Role.CITY_MANAGER)


def may_dissent(user: User, decision: Decision) -> bool:
    """Whether the person took part when the decision was made in a meeting (KL 4:27).

    Of a body whose roll is kept elsewhere: whether they are there, and not disqualified.
    """
    if decision.took_part:
        return user.pk in decision.took_part
    return (
        decision.meeting_id is not None
        and Attendance.objects.filter(
            meeting=decision.meeting_id, user=user, is_present=True
        ).exists()
        and not Disqualification.objects.filter(
            meeting=decision.meeting_id, case=decision.case_id, user=user
        ).exists()
    )


def may_correct(user: User, decision: Decision) -> bool:
    """Whether the person corrects the day or paragraph: the body's chair or secretary today."""
    return may_lead(user, decision.body)


def may_enter_history(user: User, case: Case) -> bool:
    """Whether the person enters decisions from before the register: the diary's registrar."""
    return has_role_at(user, case.authority_id, Role.REGISTRAR)


def may_extract(user: User, decision: Decision) -> bool:
    """Whether the person registers an extract of the minutes: chair, secretary or registrar."""
    return may_lead(user, decision.body) or may_enter_history(user, decision.case)


def may_read_file(user: User, file: MinutesFile) -> bool:
    """Whether one who may see the meeting reads its minutes' file: they see all that it names.

    A case that got its secrecy marking after the approval takes the file from those who may not
    see it any longer; the page then tells them the rest.
    """
    named = set(file.named)
    seen = Case.objects.shown_to(user).filter(pk__in=named, is_internal=True)
    return user.is_active and seen.count() == len(named)


def is_disqualified(user: User, meeting: Meeting, case: Case) -> bool:
    """Whether the person is disqualified in the case at the meeting."""
    return Disqualification.objects.filter(meeting=meeting, case=case, user=user).exists()


def require(allowed: bool, body: Body, who: str) -> None:
    """Raise PermissionDenied with who may, in a running sentence: "ordföranden eller …"."""
    if not allowed:
        raise PermissionDenied(
            _("Det får bara %(who)s i %(body)s göra.") % {"who": who, "body": body.in_sentence()}
        )


def _holds(user: User, body: Body, on: dt.date | None, *roles: str) -> bool:
    if not user.is_active:
        return False
    if on is None or on == timezone.localdate():
        return any(row.body_id == body.pk and row.role in roles for row in appointments_of(user))
    return Appointment.objects.in_force(on).filter(user=user, body=body, role__in=roles).exists()
