# SPDX-License-Identifier: EUPL-1.2
"""Closing a case: at once, or in the background where it has many records."""

from __future__ import annotations

import datetime as dt
from functools import partial

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.archive import events
from casework.archive.enums import ClosingState
from casework.archive.models import Closing
from casework.archive.tasks import close as close_later
from casework.journal.services import log
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.services import archive_records, close_case, finish_closing
from casework.register.services.closing import require_close

log_line = structlog.get_logger(__name__)

AT_ONCE = 200
"""Up to so many records a case is closed while the person waits."""


@transaction.atomic
def close(
    *,
    case: Case,
    outcome: str,
    decided_on: dt.date | None,
    actor: User,
    despite: str = "",
) -> Closing | None:
    """Close a case; with many records it is ordered, and the worker does it.

    Returns the order, or None when the case is closed already.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the outcome is none of the codes, the day of the decision lies ahead,
            something is missing and no reason is given, or the case is being closed already.
    """
    total = case.records.filter(archived_at=None, voided_at=None).count()
    if total <= AT_ONCE:
        close_case(case=case, outcome=outcome, decided_on=decided_on, actor=actor, despite=despite)
        return None
    require_close(case=case, outcome=outcome, decided_on=decided_on, actor=actor, despite=despite)
    try:
        with transaction.atomic():
            closing = Closing.objects.create(
                case=case,
                outcome=outcome,
                decided_on=decided_on,
                despite=despite.strip(),
                by=actor,
                total=total,
                outcome_before=case.outcome,
                decided_before=case.decided_on,
            )
    except IntegrityError as error:
        raise ValidationError(_("Ärendet håller redan på att avslutas."), code="busy") from error
    log(events.CLOSING_ORDERED, case, actor=actor, after={"records": total})
    transaction.on_commit(partial(close_later.enqueue, closing.pk))
    return closing


def run_closing(closing_id: int) -> None:
    """Close an ordered case, some records at a time; what a stopped worker left is taken up again.

    It asks for the person's right anew: one who has left their post closes nothing.
    """
    closing = Closing.objects.select_related("case", "by").get(pk=closing_id)
    if not closing.is_underway:
        return
    case, actor = closing.case, closing.by
    _note(closing, state=ClosingState.RUNNING)
    try:
        while done := archive_records(case=case, actor=actor):
            _note(closing, done=closing.done + done)
        _finish(closing)
    except (PermissionDenied, ValidationError) as error:
        sentences = error.messages if isinstance(error, ValidationError) else [str(error)]
        _note(closing, state=ClosingState.FAILED, error=" ".join(sentences))
        log_line.warning("closing_failed", closing=closing_id)


@transaction.atomic
def _finish(closing: Closing) -> None:
    """Close the case, once, also where two workers came this far."""
    row = Closing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
    if not row.is_underway:
        return
    finish_closing(
        case=closing.case,
        outcome=closing.outcome,
        decided_on=closing.decided_on,
        actor=closing.by,
        despite=closing.despite,
    )
    _note(closing, state=ClosingState.DONE, finished_at=timezone.now())


def _note(closing: Closing, **fields: object) -> None:
    for name, value in fields.items():
        setattr(closing, name, value)
    closing.save(update_fields=[*fields, "touched_at"])
