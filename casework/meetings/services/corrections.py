# SPDX-License-Identifier: EUPL-1.2
"""Correcting the day or paragraph of a decision: what stood is kept, what hangs on it follows."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings import events
from casework.meetings.enums import Correctable
from casework.meetings.models import Decision, DecisionCorrection
from casework.meetings.permissions import may_correct, require
from casework.meetings.services.decisions import check_body, check_day, number_in
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

    What hangs on the decision follows (:data:`casework.meetings.signals.corrected`): the process
    moves its step and what the public sees, and refuses a day outside the steps around it.

    Raises:
        PermissionDenied: the person is neither chair nor secretary of the body.
        ValidationError: another field, no reason, nothing changes, or a day that cannot be.
    """
    require(may_correct(actor, decision), decision.body, _("ordföranden eller sekreteraren"))
    if field not in Correctable.values:
        raise ValidationError({"field": _("Bara dag och paragraf kan rättas.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför det rättas.")})
    act = Decision.objects.select_for_update(of=("self",)).filter(act=decision.act)
    rows = list(act.select_related("case", "body").order_by("pk"))
    new: str | dt.date = value if isinstance(value, dt.date) else value.strip()
    if field == Correctable.DAY:
        if not isinstance(new, dt.date):
            raise ValidationError({"value": _("Ange beslutsdag.")})
        check_day(new, not_before)
        check_body(decision.body, new)
    elif not isinstance(new, str) or not new:
        raise ValidationError({"value": _("Ange paragraf.")})
    number = number_in(new) if isinstance(new, str) else None
    if number is not None:
        new = f"§ {number}"  # as it is written when it is decided
    before = getattr(rows[0], field)
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
