# SPDX-License-Identifier: EUPL-1.2
"""The end of a case, and its opening again; a person does both.

What is missing is said first (:mod:`casework.register.obstacles`); who closes nevertheless says
why. With the case its records are archived: each is told of in the journal, all by few statements.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import Told, log_many, take_place
from casework.organisation.models import User
from casework.register import events
from casework.register.enums import CLOSING_OUTCOMES, Outcome
from casework.register.models import Case, Record
from casework.register.obstacles import missing_for_closing, require_live
from casework.register.permissions import require_look_after, require_registrar
from casework.register.services.changes import save_change
from casework.register.services.corrections import require_reason

CHUNK = 500
"""So many records are archived by one statement, under one hold of the chain's lock."""


@transaction.atomic
def close_case(
    *,
    case: Case,
    outcome: str,
    decided_on: dt.date | None,
    actor: User | None,
    despite: str = "",
) -> None:
    """Close the case with an outcome, and archive its records.

    Args:
        despite: why it is closed although something is missing.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the outcome is none of the codes, the day of the decision lies ahead, the
            case is void or joined, or something is missing and no reason is given.
    """
    require_close(case=case, outcome=outcome, decided_on=decided_on, actor=actor, despite=despite)
    while archive_records(case=case, actor=actor):
        pass
    finish_closing(case=case, outcome=outcome, decided_on=decided_on, actor=actor, despite=despite)


def require_close(
    *, case: Case, outcome: str, decided_on: dt.date | None, actor: User | None, despite: str
) -> None:
    """Ask all that :func:`close_case` asks before anything is written."""
    require_look_after(actor, case)
    require_live(case)
    if outcome and outcome not in Outcome.values:
        raise ValidationError({"outcome": _("Välj ett utfall ur listan.")}, code="outcome")
    if decided_on is not None and decided_on > timezone.localdate():
        raise ValidationError({"decided_on": _("Dagen ligger i framtiden.")}, code="day")
    missing = missing_for_closing(case) if actor is not None else []
    if missing and not despite.strip():
        sentences = [each.sentence for each in missing]
        raise ValidationError(
            [*sentences, _("Gör det först, eller skriv varför ärendet avslutas ändå.")],
            code="missing",
        )


@transaction.atomic
def finish_closing(
    *,
    case: Case,
    outcome: str,
    decided_on: dt.date | None,
    actor: User | None,
    despite: str = "",
) -> None:
    """The last step of closing, when the records are archived; see :func:`close_case`."""
    require_look_after(actor, case)
    case.outcome = outcome
    case.decided_on = decided_on
    case.closed_at = timezone.now()
    save_change(
        case=case,
        actor=actor,
        event=events.CLOSED,
        fields=["outcome", "decided_on", "closed_at"],
        reason=despite.strip(),
    )


@transaction.atomic
def archive_records(*, case: Case, actor: User | None, count: int = CHUNK) -> int:
    """Archive the next so many records of a case that is being closed; return how many.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
    """
    require_look_after(actor, case)
    rows = case.records.filter(archived_at=None, voided_at=None).order_by("pk")
    return _move_all(case, list(rows[:count].values_list("pk", flat=True)), actor, archive=True)


class Ending(NamedTuple):
    """What a case came to, and when: what stood before a closing that is undone."""

    outcome: str
    decided_on: dt.date | None


NOT_ENDED = Ending("", None)


@transaction.atomic
def reopen_case(
    *, case: Case, reason: str, actor: User | None, back_to: Ending | None = None
) -> None:
    """Open a closed case again, with a reason; its records are no longer archived.

    Args:
        back_to: what stood as its ending before, where the closing itself is undone; else an
            ending that only says how it was closed goes, and what a body decided stays.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the reason is missing, or the case is void or joined.
    """
    require_reopen(case=case, reason=reason, actor=actor)
    while unarchive_records(case=case, actor=actor):
        pass
    finish_reopening(case=case, reason=reason, actor=actor, back_to=back_to)


def require_reopen(*, case: Case, reason: str, actor: User | None) -> None:
    """Ask all that :func:`reopen_case` asks before anything is written."""
    require_registrar(actor, case)
    require_live(case)
    require_reason(reason)


@transaction.atomic
def unarchive_records(*, case: Case, actor: User | None, count: int = CHUNK) -> int:
    """Take the next so many records of a case that is being reopened out of the archive.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
    """
    require_registrar(actor, case)
    rows = case.records.exclude(archived_at=None).order_by("pk")
    return _move_all(case, list(rows[:count].values_list("pk", flat=True)), actor, archive=False)


@transaction.atomic
def finish_reopening(
    *, case: Case, reason: str, actor: User | None, back_to: Ending | None = None
) -> None:
    """The last step of reopening, when no record is archived; see :func:`reopen_case`."""
    require_reopen(case=case, reason=reason, actor=actor)
    case.closed_at = None
    fields = ["closed_at"]
    if back_to is None and case.outcome in CLOSING_OUTCOMES:
        back_to = NOT_ENDED
    if back_to is not None:
        case.outcome, case.decided_on = back_to
        fields += ["outcome", "decided_on"]
    save_change(case=case, actor=actor, event=events.REOPENED, fields=fields, reason=reason)


def _move_all(case: Case, pks: list[int], actor: User | None, *, archive: bool) -> int:
    """Archive records or take them out again: one statement, and one event for each."""
    if not pks:
        return 0
    place = take_place(case.chain)
    now = timezone.now()
    new = now if archive else None
    rows = list(Record.objects.filter(pk__in=pks).order_by("pk"))
    told = []
    for row in rows:
        before, row.archived_at, row.case = row.archived_at, new, case
        told.append(
            Told(
                events.RECORD_ARCHIVED if archive else events.RECORD_UNARCHIVED,
                row,
                about=case,
                before={"archived_at": before.isoformat() if before else None},
                after={"archived_at": new.isoformat() if new else None, "dnr": row.dnr},
                rows=digests_of(row),
            )
        )
    Record.objects.filter(pk__in=pks).update(archived_at=new)
    log_many(told, actor=actor, place=place)
    return len(rows)
