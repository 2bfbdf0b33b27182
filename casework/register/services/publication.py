# SPDX-License-Identifier: EUPL-1.2
"""What is shown outwards."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.organisation.models import User
from casework.register import events
from casework.register.models import Case, Record, RecordFile
from casework.register.permissions import require_registrar
from casework.register.services.changes import save_change


@transaction.atomic
def publish(*, case: Case, actor: User | None, summary: str | None = None) -> None:
    """Show the case's public face in the web diary.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: it is secret.
    """
    require_registrar(actor, case)
    if case.is_secret:
        raise ValidationError(_("Ett sekretessmarkerat ärende publiceras inte."), code="secret")
    case.is_published = True
    fields = ["is_published"]
    if summary is not None:
        case.summary = summary.strip()
        fields.append("summary")
    save_change(case=case, actor=actor, event=events.PUBLISHED, fields=fields)


@transaction.atomic
def unpublish(*, case: Case, actor: User | None) -> None:
    """Take the case out of the web diary."""
    require_registrar(actor, case)
    case.is_published = False
    save_change(case=case, actor=actor, event=events.UNPUBLISHED, fields=["is_published"])


@transaction.atomic
def publish_record(*, record: Record, actor: User | None, published: bool = True) -> None:
    """Show or hide a record on the case's public page.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the record or its case is secret.
    """
    require_registrar(actor, record.case)
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
        ValidationError: the record is not shown, or a file is not one of its own.
    """
    require_registrar(actor, record.case)
    chosen = sorted({file.pk for file in files})
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
