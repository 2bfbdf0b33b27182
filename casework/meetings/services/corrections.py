# SPDX-License-Identifier: EUPL-1.2
"""Correcting the day or paragraph of a decision: what stood is kept, what hangs on it follows."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings import events
from casework.meetings.enums import Correctable
from casework.meetings.models import Decision, DecisionCorrection, Meeting
from casework.meetings.permissions import may_correct, require
from casework.meetings.services.decisions import check_body, check_day, number_in
from casework.meetings.services.meetings import locked
from casework.meetings.signals import corrected
from casework.organisation.models import User


@transaction.atomic
def correct_decision(
    *,
    decision: Decision,
    field: str,
    value: str | dt.date,
    reason: str,
    actor: User,
    not_before: dt.date | None = None,
) -> DecisionCorrection:
    """Correct a decision's day or paragraph, in every case of the same act; the old is kept.

    The day of a decision made in a meeting is the meeting's day: one who planned or opened the
    meeting under the wrong day has it wrong in all of it; two decisions of one meeting never lie on
    two days. So the meeting itself is moved, with all that was decided there.

    What hangs on the decision follows (:data:`casework.meetings.signals.corrected`): the process
    moves its step and what the public sees, and refuses a day outside the steps around it.

    Raises:
        PermissionDenied: the person is neither chair nor secretary of the body.
        ValidationError: another field, no reason, nothing changes, or a day that cannot be: for a
            meeting also one after it was opened, or after its minutes were approved.
    """
    require(may_correct(actor, decision), decision.body, _("ordföranden eller sekreteraren"))
    if field not in Correctable.values:
        raise ValidationError({"field": _("Bara dag och paragraf kan rättas.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför det rättas.")})
    held = decision.meeting if field == Correctable.DAY else None
    meeting = locked(held) if held is not None else None
    same = Q(meeting=meeting) if meeting is not None else Q(act=decision.act)
    act = Decision.objects.select_for_update(of=("self",)).filter(same)
    rows = list(act.select_related("case", "body").order_by("pk"))
    new: str | dt.date = value if isinstance(value, dt.date) else value.strip()
    if field == Correctable.DAY:
        if not isinstance(new, dt.date):
            raise ValidationError({"value": _("Ange beslutsdag.")})
        check_day(new, not_before)
        check_body(decision.body, new)
        if meeting is not None:
            _check_meeting_day(meeting, new)
    elif not isinstance(new, str) or not new:
        raise ValidationError({"value": _("Ange paragraf.")})
    number = number_in(new) if isinstance(new, str) else None
    if number is not None:
        new = f"§ {number}"  # as it is written when it is decided
    before = getattr(decision, field)
    if before == new:
        raise ValidationError({"value": _("Så står det redan.")})
    corrections = DecisionCorrection.objects.bulk_create(
        DecisionCorrection(
            decision=row,
            field=field,
            old=str(getattr(row, field) or ""),
            new=str(new),
            reason=reason.strip(),
            by=actor,
            at=timezone.now(),
        )
        for row in rows
    )
    changes: dict[str, str | dt.date | int | None] = {field: new}
    if field == Correctable.PARAGRAPH:
        changes["paragraph_number"] = number
    act.update(**changes)
    for row in rows:
        for name, changed in changes.items():
            setattr(row, name, changed)
    # Before the journal is written: what follows locks its own rows first.
    corrected.send(
        sender=Decision, decisions=rows, field=field, before=before, actor=actor, reason=reason
    )
    if meeting is not None and isinstance(new, dt.date):
        _move_meeting(meeting, new, actor, reason)
    for row, correction in zip(rows, corrections, strict=True):
        log(
            events.CORRECTED,
            row,
            actor=actor,
            about=row.case,
            before={field: correction.old},
            after={"field": str(Correctable(field).label), field: correction.new},
            reason=reason,
            rows=digests_of(row, correction),
        )
    decision.refresh_from_db()
    return next(row for row in corrections if row.decision_id == decision.pk)


def _check_meeting_day(meeting: Meeting, day: dt.date) -> None:
    """Refuse a day after that on which the meeting was opened or its minutes were approved."""
    opened = timezone.localdate(meeting.opened_at) if meeting.opened_at else day
    if day > opened:
        raise ValidationError(
            {
                "day": _("Mötet öppnades den %(day)s. Dess dag kan inte ligga efter den.")
                % {"day": opened.isoformat()}
            }
        )
    if meeting.approved_on is not None and day > meeting.approved_on:
        raise ValidationError(
            {
                "day": _("Protokollet justerades den %(day)s. Mötets dag kan inte ligga efter den.")
                % {"day": meeting.approved_on.isoformat()}
            }
        )


def _move_meeting(meeting: Meeting, day: dt.date, actor: User, reason: str) -> None:
    before, meeting.day = meeting.day, day
    meeting.save(update_fields=["day"])
    log(
        events.DAY_CORRECTED,
        meeting,
        actor=actor,
        before={"day": before.isoformat()},
        after={"day": day.isoformat()},
        reason=reason,
        rows=digests_of(meeting),
    )
