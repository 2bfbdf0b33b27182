# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a meeting: notes, approval and announcement (KL 5:69, 8:12)."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings import events
from casework.meetings.enums import MeetingState
from casework.meetings.minutes_word import minutes_word, named_in
from casework.meetings.models import NOTICE_PERIOD, Meeting, MinutesFile
from casework.meetings.services.decisions import file_extract
from casework.meetings.services.meetings import locked, require_leader
from casework.organisation.models import User


@transaction.atomic
def save_minutes(*, meeting: Meeting, text: str, actor: User) -> Meeting:
    """Save the notes for the minutes, until they are approved.

    Raises:
        PermissionDenied: the person does not lead the meeting.
        ValidationError: the minutes are approved.
    """
    row = locked(meeting)
    require_leader(row, actor)
    if row.approved_on:
        raise ValidationError({"minutes": _("Protokollet är justerat och kan inte ändras.")})
    before, row.minutes = row.minutes, text
    row.save(update_fields=["minutes"])
    if before != text:
        log(
            events.MINUTES,
            row,
            actor=actor,
            before={"minutes": before},
            after={"minutes": text},
            rows=digests_of(row),
        )
    return row


@transaction.atomic
def approve_minutes(
    *,
    meeting: Meeting,
    actor: User,
    on: dt.date | None = None,
    approved_by: User | None = None,
) -> Meeting:
    """Approve the minutes; the law asks for it within fourteen days (KL 5:69).

    Args:
        on: the day, today unless told.
        approved_by: who approved them beside the chair (justerare), if the body has one.

    What was decided becomes a record of each case: an extract of the minutes. The whole becomes
    one file of the meeting (:class:`MinutesFile`), as it was approved.

    Late minutes are approved too: the law's day is shown (:attr:`Meeting.approve_by`), and nothing
    is gained by leaving them unapproved.

    Raises:
        PermissionDenied: the person does not lead the meeting.
        ValidationError: the meeting is not closed, the minutes are approved, or the day is not
            between the meeting and today, or who approved them was not there or chaired.
    """
    row = locked(meeting)
    require_leader(row, actor)
    day = on or timezone.localdate()
    if row.state != MeetingState.CLOSED:
        raise ValidationError(_("Avsluta mötet innan protokollet justeras."), code="state")
    if row.approved_on:
        raise ValidationError(_("Protokollet är redan justerat."), code="approved")
    if not row.day <= day <= timezone.localdate():
        raise ValidationError({"on": _("Protokollet justeras efter mötet, senast i dag.")})
    if approved_by is not None and (
        approved_by.pk == row.chair_id or not row.attendances.filter(user=approved_by).exists()
    ):
        raise ValidationError(
            {"approved_by": _("Justeraren var med på mötet och är någon annan än ordföranden.")}
        )
    row.approved_on, row.approved_by = day, approved_by
    row.save(update_fields=["approved_on", "approved_by"])
    file = _kept_as_file(row)
    log(
        events.APPROVED,
        row,
        actor=actor,
        after={"day": day.isoformat(), "by": approved_by.pk if approved_by else None},
        rows=digests_of(row, file),
    )
    decided = row.decisions.select_related("body", "case__authority", "case__entry__series")
    for decision in decided.order_by("case", "pk"):
        file_extract(decision=decision, actor=actor)
    return row


def _kept_as_file(meeting: Meeting) -> MinutesFile:
    """The minutes as they are approved, written down once."""
    named = named_in(meeting)
    data = minutes_word(meeting, named)
    file = MinutesFile(
        meeting=meeting,
        sha256=hashlib.sha256(data).hexdigest(),
        named=[case.pk for case in named],
        made_at=timezone.now(),
    )
    file.file.save("protokoll.docx", ContentFile(data), save=False)
    file.save()
    return file


@transaction.atomic
def announce_minutes(*, meeting: Meeting, actor: User, on: dt.date | None = None) -> Meeting:
    """Note that the approved minutes are announced; the notice is kept for three weeks (KL 8:12).

    Raises:
        PermissionDenied: the person does not lead the meeting.
        ValidationError: the minutes are not approved, or are announced already.
    """
    row = locked(meeting)
    require_leader(row, actor)
    day = on or timezone.localdate()
    if row.approved_on is None:
        raise ValidationError(_("Protokollet är inte justerat."), code="approved")
    if row.notice_on:
        raise ValidationError(_("Protokollet är redan anslaget."), code="announced")
    if not row.approved_on <= day <= timezone.localdate():
        raise ValidationError({"on": _("Protokollet anslås efter justeringen, senast i dag.")})
    row.notice_on, row.notice_until = day, day + NOTICE_PERIOD
    row.save(update_fields=["notice_on", "notice_until"])
    log(
        events.ANNOUNCED,
        row,
        actor=actor,
        after={"day": day.isoformat(), "until": row.notice_until.isoformat()},
        rows=digests_of(row),
    )
    return row
