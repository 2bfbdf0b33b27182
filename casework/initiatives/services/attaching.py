# SPDX-License-Identifier: EUPL-1.2
"""Files with the form. Whether it is the time is process' to say."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives import events
from casework.initiatives.enums import Part
from casework.initiatives.models import Attachment, Initiative
from casework.initiatives.permissions import require_writer
from casework.journal.services import log
from casework.organisation.models import User
from casework.register.uploads import check_upload, shown_name

MOST = 10
"""So many files go with one initiative."""


@transaction.atomic
def attach(*, initiative: Initiative, file: UploadedFile, actor: User) -> Attachment:
    """Put a file with the form, through the gate for files from outside.

    Raises:
        PermissionDenied: it is another person's.
        ValidationError: the file is too large, of a kind that is not accepted, or unsafe.
    """
    require_writer(Part.ORIGINATOR, actor, initiative)
    if initiative.attachments.count() >= MOST:
        raise ValidationError(
            {"files": _("Högst %(count)s filer kan bifogas.") % {"count": MOST}}, code="many"
        )
    content_type = check_upload(file)
    row = Attachment(
        initiative=initiative,
        original_name=shown_name(file),
        content_type=content_type,
        size=file.size or 0,
        added_by=actor,
        added_at=timezone.now(),
    )
    row.file.save(row.original_name, file, save=False)
    row.save()
    log(events.FILE_ADDED, row, actor=actor, about=initiative, after={"file": row.original_name})
    return row


@transaction.atomic
def detach(*, attachment: Attachment, actor: User) -> None:
    """Take a file away again; it is gone when the transaction is through.

    Raises:
        PermissionDenied: it is another person's.
    """
    initiative = attachment.initiative
    require_writer(Part.ORIGINATOR, actor, initiative)
    log(
        events.FILE_REMOVED,
        attachment,
        actor=actor,
        about=initiative,
        before={"file": attachment.original_name},
        after={"file": attachment.original_name},
    )
    clear_attachments(initiative, only=attachment.pk)


def clear_attachments(initiative: Initiative, *, only: int | None = None) -> None:
    """Delete the files of a draft that is thrown away, or that the record holds now."""
    rows = initiative.attachments.all()
    if only is not None:
        rows = rows.filter(pk=only)
    for row in rows:
        transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
    rows.delete()


@transaction.atomic
def discard(*, initiative: Initiative, actor: User) -> None:
    """Delete a draft that was never sent, with all that was written in it.

    Raises:
        PermissionDenied: only its originator throws it away.
        ValidationError: something of it is kept for good.
    """
    if initiative.originator_id != actor.pk:
        raise PermissionDenied(_("Det får bara den som började skriva initiativet göra."))
    if initiative.case_id or initiative.answer_sets.exclude(frozen_at=None).exists():
        raise ValidationError(_("Initiativet är skickat och kan inte slängas."), code="sent")
    log(events.DISCARDED, initiative, actor=actor)
    clear_attachments(initiative)
    initiative.answer_sets.all().delete()
    initiative.followers.all().delete()
    initiative.delete()
