# SPDX-License-Identifier: EUPL-1.2
"""Undoing a closing in the background, by the worker that did it."""

from __future__ import annotations

from functools import partial

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.archive import events
from casework.archive.enums import ClosingState
from casework.archive.models import Closing
from casework.archive.tasks import undo as undo_later
from casework.journal.services import lock_chain, log
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.services import Ending, finish_reopening, unarchive_records
from casework.register.services.closing import require_reopen

log_line = structlog.get_logger(__name__)


@transaction.atomic
def undo_closing(*, closing: Closing, reason: str, actor: User) -> None:
    """Order that a big case is opened again and gets back what stood as its ending.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the reason is missing, the closing is not finished, or the case does not
            stand closed by it any longer.
    """
    require_reopen(case=closing.case, reason=reason, actor=actor)
    lock_chain(closing.case.chain)
    case = Case.objects.select_for_update(of=("self",)).get(pk=closing.case_id)
    row = Closing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
    if row.is_underway:
        raise ValidationError(_("håller på att avslutas, ångra när det är klart"), code="busy")
    if row.state != ClosingState.DONE or not row.stands_in(case):
        raise ValidationError(_("är inte längre avslutat så"), code="state")
    _note(row, state=ClosingState.UNDOING, undone_by=actor, undo_reason=reason.strip())
    log(events.CLOSING_UNDOING, case, actor=actor, reason=reason.strip())
    transaction.on_commit(partial(undo_later.enqueue, closing.pk))


def run_undoing(closing_id: int) -> None:
    """Open an ordered case again, some records at a time; it asks for the person's right anew."""
    closing = Closing.objects.select_related("case", "undone_by").get(pk=closing_id)
    if closing.state != ClosingState.UNDOING:
        return
    case, actor = closing.case, closing.undone_by
    assert actor is not None  # who ordered it is written with the state
    try:
        while unarchive_records(case=case, actor=actor):
            _note(closing, error="")
        _finish(closing, actor)
    except (PermissionDenied, ValidationError) as error:
        sentences = error.messages if isinstance(error, ValidationError) else [str(error)]
        _note(closing, state=ClosingState.DONE, error=" ".join(sentences))
        log_line.warning("undoing_failed", closing=closing_id)


@transaction.atomic
def _finish(closing: Closing, actor: User) -> None:
    """Open the case, once, also where two workers came this far."""
    row = Closing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
    if row.state != ClosingState.UNDOING:
        return
    finish_reopening(
        case=closing.case,
        reason=closing.undo_reason,
        actor=actor,
        back_to=Ending(closing.outcome_before, closing.decided_before),
    )
    _note(closing, state=ClosingState.UNDONE)


def _note(closing: Closing, **fields: object) -> None:
    for name, value in fields.items():
        setattr(closing, name, value)
    closing.save(update_fields=[*fields, "touched_at"])
