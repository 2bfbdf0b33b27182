# SPDX-License-Identifier: EUPL-1.2
"""What is shown outwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.events import EventType
from casework.organisation.models import User
from casework.register import events
from casework.register.models import Case, Record, RecordFile
from casework.register.obstacles import require_live
from casework.register.permissions import require_registrar
from casework.register.services.changes import save_change


@transaction.atomic
def publish(
    *,
    case: Case,
    actor: User | None,
    summary: str | None = None,
    until: dt.date | None = None,
) -> None:
    """Show the case's public face in the web diary.

    Args:
        until: the last day on which it is shown; without one it has no end.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: it is secret, void or joined, or the last day has been.
    """
    require_registrar(actor, case)
    require_live(case)
    if case.is_secret:
        raise ValidationError(_("Ett sekretessmarkerat ärende publiceras inte."), code="secret")
    if until is not None and until < timezone.localdate():
        raise ValidationError({"until": _("Välj en dag som inte har varit.")}, code="past")
    case.is_published, case.published_until = True, until
    fields = ["is_published", "published_until"]
    if summary is not None:
        case.summary = summary.strip()
        fields.append("summary")
    save_change(case=case, actor=actor, event=events.PUBLISHED, fields=fields)


@transaction.atomic
def publish_chosen(
    *,
    case: Case,
    actor: User | None,
    summary: str,
    until: dt.date | None,
    records: Mapping[int, Iterable[RecordFile]],
) -> None:
    """Show the case with these of its records and files, and no others, as it was previewed.

    Args:
        summary: of what it is about, for everybody.
        until: the last day on which it is shown; without one it has no end.
        records: the files that everybody may read, by the primary keys of the shown records.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: it is secret, a chosen record is, or the last day has been.
    """
    publish(case=case, actor=actor, summary=summary, until=until)
    rows = case.records.select_related("case").filter(
        Q(is_published=True) | Q(pk__in=list(records)), voided_at=None
    )
    for record in rows.order_by("pk"):
        record.case = case
        chosen = records.get(record.pk)
        if record.is_published != (chosen is not None):
            publish_record(record=record, actor=actor, published=chosen is not None)
        files = list(chosen or ())
        if sorted(file.pk for file in files) != sorted(record.public_files):
            publish_files(record=record, files=files, actor=actor)


@transaction.atomic
def unpublish(*, case: Case, actor: User | None) -> None:
    """Take the case out of the web diary."""
    require_registrar(actor, case)
    _hide(case, actor, events.UNPUBLISHED)


@transaction.atomic
def end_publication(*, case: Case) -> None:
    """Take a case out of the web diary after its last day; the software does it, no person."""
    if case.is_published and case.has_run_out:
        _hide(case, None, events.PUBLICATION_ENDED)


def _hide(case: Case, actor: User | None, event: EventType) -> None:
    case.is_published, case.published_until = False, None
    fields = ["is_published", "published_until"]
    save_change(case=case, actor=actor, event=event, fields=fields)


@transaction.atomic
def publish_record(*, record: Record, actor: User | None, published: bool = True) -> None:
    """Show or hide a record on the case's public page.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the record or its case is secret, or the case is void or joined into
            another; what is shown in such a case may still be hidden.
    """
    require_registrar(actor, record.case)
    if published:
        require_live(record.case)
    if published and (record.is_secret or record.case.is_secret):
        raise ValidationError(_("En sekretessmarkerad handling publiceras inte."), code="secret")
    if published != record.is_published:
        record.public_files = []  # they were chosen for what was shown then
    record.is_published = published
    save_change(
        case=record.case,
        record=record,
        actor=actor,
        event=events.RECORD_PUBLISHED if published else events.RECORD_UNPUBLISHED,
        fields=["is_published", "public_files"],
        after={"dnr": record.dnr},
    )


@transaction.atomic
def publish_files(*, record: Record, files: Iterable[RecordFile], actor: User | None) -> None:
    """Let everybody read these files of a shown record, and no others of it.

    Files have no public variant, so each is chosen by somebody who has read it; one that is
    attached later is not shown until it is chosen too (OSL 5:2, dataskyddsförordningen art. 6).

    Args:
        files: of the record; none hides them all.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the record is not shown, a file is not one of its own, or the case is void
            or joined into another; there none may be chosen.
    """
    require_registrar(actor, record.case)
    chosen = sorted({file.pk for file in files})
    if chosen:
        require_live(record.case)
    own = record.files.filter(pk__in=chosen).order_by("pk")
    names = list(own.values_list("original_name", flat=True))
    if chosen and (record.is_secret or record.is_void or not record.is_published):
        raise ValidationError(
            _("Visa först handlingen i webbdiariet, och välj sedan filer."), code="hidden"
        )
    if len(names) != len(chosen):
        raise ValidationError(_("Filen hör till en annan handling."), code="other")
    record.public_files = chosen
    save_change(
        case=record.case,
        record=record,
        actor=actor,
        event=events.FILES_PUBLISHED if chosen else events.FILES_UNPUBLISHED,
        fields=["public_files"],
        after={"dnr": record.dnr, "files": names},
    )
