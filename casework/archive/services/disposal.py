# SPDX-License-Identifier: EUPL-1.2
"""Disposal (gallring): only by a recorded decision, never of what is to be kept.

The lines of the diary stay, and that there was a record; what is taken away are its files and what
was searched in them. The journal tells of each record under which decision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.archive import events
from casework.archive.enums import Unregistered
from casework.archive.models import DisposalDecision
from casework.archive.permissions import require_dispose
from casework.archive.selectors import record_spared, spared
from casework.archive.signals import disposed
from casework.journal.digests import digests_of
from casework.journal.services import lock_chain, log
from casework.organisation.models import Authority, User
from casework.register import events as register_events
from casework.register.enums import Retention
from casework.register.models import Case, ClassCode, Record, RecordFile, TextPart, record_storage
from casework.register.permissions import require_look_after
from casework.register.services import save_change

MOST = 400
"""So many cases are disposed of at once."""


@transaction.atomic
def record_decision(
    *,
    authority: Authority,
    reference: str,
    decided_on: dt.date,
    classes: Iterable[ClassCode] = (),
    inbox: Iterable[str] = (),
    inbox_after_months: int | None = None,
    note: str = "",
    actor: User | None,
) -> DisposalDecision:
    """Record a decision by which what belongs to some classes may be disposed of.

    Args:
        inbox: what it reaches of what came in and is in no case, codes of :class:`Unregistered`.
        inbox_after_months: whole months after the one in which that was dealt with.

    Raises:
        PermissionDenied: only a registrar of the authority.
        ValidationError: the reference is missing, the day lies ahead, nothing is named, a class is
            to be kept, or it is not said when what is in the inbox may go.
    """
    require_dispose(actor, authority)
    named, unfiled = list(classes), sorted(set(inbox))
    if not reference.strip():
        raise ValidationError({"reference": _("Skriv vilket beslut det är.")}, code="required")
    if decided_on > timezone.localdate():
        raise ValidationError({"decided_on": _("Dagen ligger i framtiden.")}, code="day")
    if not named and not unfiled:
        raise ValidationError(
            {"classes": _("Välj minst en klass, eller post i inkorgen.")}, code="required"
        )
    if not set(unfiled) <= set(Unregistered.values):
        raise ValidationError({"inbox": _("Välj ett alternativ ur listan.")}, code="inbox")
    if unfiled and inbox_after_months is None:
        raise ValidationError(
            {"inbox_after_months": _("Skriv efter hur många månader.")}, code="required"
        )
    kept = [row.code for row in named if row.retention == Retention.KEEP]
    if kept:
        raise ValidationError(
            {"classes": _("Bevaras och kan inte gallras: %(codes)s.") % {"codes": ", ".join(kept)}},
            code="kept",
        )
    row = DisposalDecision.objects.create(
        authority=authority,
        reference=reference.strip(),
        decided_on=decided_on,
        note=note.strip(),
        inbox=unfiled,
        inbox_after_months=inbox_after_months if unfiled else None,
        by=actor,
    )
    row.classes.set(named)
    log(
        events.DECISION_RECORDED,
        row,
        actor=actor,
        after={
            "reference": row.reference,
            "decided_on": decided_on.isoformat(),
            "classes": sorted(each.code for each in named),
            "inbox": unfiled,
            "inbox_after_months": row.inbox_after_months,
        },
        rows=digests_of(row),
    )
    return row


@transaction.atomic
def set_retention(*, record: Record, retention: str, actor: User) -> None:
    """Say that a record is kept or weeded whatever its case's class says; empty follows the class.

    Raises:
        PermissionDenied: the person neither keeps the diary nor handles the case.
        ValidationError: the code is none, or the record is disposed of already.
    """
    require_look_after(actor, record.case)
    if retention and retention not in Retention.values:
        raise ValidationError({"retention": _("Välj ett alternativ ur listan.")}, code="retention")
    if record.disposed_at is not None:
        raise ValidationError(_("Handlingen är redan gallrad."), code="disposed")
    record.retention = retention
    save_change(
        case=record.case,
        record=record,
        actor=actor,
        event=register_events.RETENTION_SET,
        fields=["retention"],
        after={"dnr": record.dnr},
    )


@transaction.atomic
def dispose(*, decision: DisposalDecision, cases: Iterable[Case], actor: User | None) -> int:
    """Dispose of what the decision reaches in these cases; return of how many records.

    Each case is asked anew under its lock: what has been reopened, published or given a class that
    is kept since the list was shown is left alone, and so is each record that is to be kept.

    Raises:
        PermissionDenied: only a registrar of the decision's authority.
        ValidationError: more cases than are disposed of at once.
    """
    require_dispose(actor, decision.authority)
    chosen = sorted({case.pk for case in cases})
    if len(chosen) > MOST:
        raise ValidationError(_("Högst %(most)s ärenden åt gången.") % {"most": MOST}, code="many")
    count = 0
    rows = Case.objects.filter(pk__in=chosen).select_related("entry__series")
    # One order of locks for all: the chains, then the cases (docs/mechanisms/locking.md).
    for chain in sorted({case.chain for case in rows}):
        lock_chain(chain)
    locked = Case.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk")
    for case in locked.select_related("entry__series", "authority", "class_code", "service_area"):
        if spared(decision, case) is None:
            count += _dispose_of(case, decision, actor)
    return count


def _dispose_of(case: Case, decision: DisposalDecision, actor: User | None) -> int:
    count = 0
    for record in case.records.filter(voided_at=None).order_by("pk"):
        if record_spared(record) is not None:
            continue
        names = list(RecordFile.objects.filter(record=record).values_list("file", flat=True))
        TextPart.objects.filter(record=record).delete()
        record.disposed_at = timezone.now()
        record.public_files = []
        save_change(
            case=case,
            record=record,
            actor=actor,
            event=register_events.RECORD_DISPOSED,
            fields=["disposed_at", "public_files"],
            after={"dnr": record.dnr, "files": len(names), "decision": decision.reference},
        )
        disposed.send(sender=Record, record=record)
        transaction.on_commit(partial(delete_files, names))
        count += 1
    return count


def delete_files(names: Iterable[str]) -> None:
    """Take stored files away, once what says so is committed."""
    storage = record_storage()
    for name in names:
        storage.delete(name)
