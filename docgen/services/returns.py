# SPDX-License-Identifier: EUPL-1.2
"""Taking Word files back: read, show what they change, take over what the officer chooses."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from casework.journal.events import EventType
from casework.journal.services import log
from casework.organisation.models import User
from docgen import content as c
from docgen import events
from docgen.engine.errors import DocumentError, UnreadableDocument
from docgen.engine.reader import Reading, read_document
from docgen.layout import READING
from docgen.models import (
    Attachment,
    DecisionPoint,
    GeneratedDocument,
    Report,
    ReturnedDocument,
)
from docgen.permissions import require_writer
from docgen.readback import Change, compare, read_safely
from docgen.services.building import content_of
from docgen.services.generation import active_template, render_content, template_from
from docgen.services.reports import newest, save_draft


@dataclass(frozen=True, slots=True)
class Returned:
    """A read file: which report it was made of, from what, and what it changes."""

    report: Report
    document: GeneratedDocument | None
    provenance: dict[str, str]
    changes: list[Change]


def read_returned(data: bytes, report: Report | None = None) -> Returned:
    """Read a file that came back; raises :class:`DocumentError` with a reason in Swedish."""
    returned = read_safely(data)
    number = returned.provenance.get("InitiativReport", "")
    if not _is_number(number):
        raise UnreadableDocument(
            _("Filen är inte skapad här, eller så har uppgiften om dess ursprung tagits bort.")
        )
    if report is not None and report.pk != int(number):
        raise UnreadableDocument(_("Filen hör till ett annat tjänsteutlåtande."))
    owner = report or Report.objects.select_related("case").filter(pk=int(number)).first()
    if owner is None:
        raise UnreadableDocument(_("Tjänsteutlåtandet som filen skapades av finns inte."))
    document, sent = _sent(owner, returned.provenance)
    now = _reading(content_of(newest(owner)), document)
    return Returned(owner, document, returned.provenance, compare(sent, returned, now))


def _is_number(text: str) -> bool:
    """Whether a file's claim is a primary key; other digits than ours are digits too (”²”)."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def _sent(report: Report, provenance: dict[str, str]) -> tuple[GeneratedDocument | None, Reading]:
    """What was sent out, read in the same way as what came back."""
    wanted = provenance.get("InitiativContent", "")
    document = report.documents.filter(content_hash=wanted).order_by("-number").first()
    if document is not None:
        return document, _reading(c.from_json(c.ReportContent, document.content), document)
    number = provenance.get("InitiativRevision", "")
    revision = (
        Revision.objects.for_instance(report).filter(pk=int(number)).first()
        if _is_number(number)
        else None
    )
    if revision is None:
        raise UnreadableDocument(_("Versionen som filen skapades av finns inte kvar."))
    return None, _reading(content_of(revision.as_object()), None)


def _reading(content: c.ReportContent, document: GeneratedDocument | None) -> Reading:
    template = template_from(document.template) if document else active_template()
    made = render_content(content, template, report_id=0, revision=0)
    return read_document(made.data, READING)


def receive_returned(*, report: Report, file: UploadedFile, actor: User) -> ReturnedDocument:
    """Read an uploaded file and keep it with what it changes. Nothing is taken over yet.

    Raises:
        PermissionDenied: the person does not write at the case's authority.
        ValidationError: the file is too large, unsafe, unreadable or of another report.
    """
    require_writer(actor, report.case)
    if (file.size or 0) > settings.MAX_ATTACHMENT_BYTES:
        raise ValidationError(_("Filen är för stor."))
    data = file.read()
    try:
        returned = read_returned(data, report)
    except DocumentError as error:
        raise ValidationError(str(error)) from error
    with transaction.atomic():
        row = ReturnedDocument(
            report=report,
            document=returned.document,
            original_name=(file.name or "dokument.docx")[-200:],
            sha256=hashlib.sha256(data).hexdigest(),
            changes=[change.to_json() for change in returned.changes],
            uploaded_by=actor,
        )
        row.file.save("returned.docx", ContentFile(data), save=False)
        row.save()
        _log(events.RETURN_READ, row, actor, {"changes": len(returned.changes)})
    return row


@transaction.atomic
def apply_returned(*, row: ReturnedDocument, chosen: Iterable[int], actor: User) -> Revision:
    """Take the chosen changes over into a new revision of the report.

    Raises:
        PermissionDenied: the person does not write at the case's authority.
        ValidationError: nothing was chosen, or the file has been taken over already.
    """
    row = ReturnedDocument.objects.select_for_update().get(pk=row.pk)
    require_writer(actor, row.report.case)
    if row.applied_at is not None:
        raise ValidationError(_("Ändringarna har redan förts in."))
    numbers = sorted({n for n in chosen if 0 <= n < len(row.changes)})
    changes = [row.changes[n] for n in numbers if row.changes[n]["applicable"]]
    if not changes:
        raise ValidationError(_("Välj minst en ändring att föra in."))
    report = newest(row.report)
    for change in changes:
        _apply(report, change)
    revision = save_draft(report=report, actor=actor)
    row.applied_at = timezone.now()
    row.applied_by = actor
    row.applied = numbers
    row.save(update_fields=["applied_at", "applied_by", "applied"])
    _log(events.RETURN_APPLIED, row, actor, {"changes": len(changes)})
    return revision


_ROWS = {
    "officer": "officers",
    "recipient": "recipients",
    "decision": "decision_points",
    "signatory": "signatories",
    "section": "sections",
    "attachment": "attachments",
}


def _apply(report: Report, change: dict[str, Any]) -> None:
    key, text = change["key"], change["after"]
    if key in ("title", "kind_line"):
        setattr(report, key, text)
        return
    prefix, name = key.split(".")
    relation = _ROWS[prefix]
    rows = sorted(getattr(report, relation).all(), key=lambda x: (x.sort_order or 0, x.pk or 0))
    place = next((n for n, x in enumerate(rows) if str(x.uid) == change["item"]), None)
    if place is None:
        return  # the row was removed in the meantime: nothing to change
    if change["kind"] == "added":
        rows.insert(_after_added(rows, place), _new_row(prefix, rows[place], text))
    elif change["kind"] == "removed" and key in ("decision.text", "attachment.text"):
        rows.pop(place)
    else:
        setattr(rows[place], name, text)
    for n, row in enumerate(rows):
        row.sort_order = n
    setattr(report, relation, rows)


def _after_added(rows: list[Any], place: int) -> int:
    """Behind those that were added at the same place before: their order is kept."""
    place += 1
    while place < len(rows) and getattr(rows[place], "is_added", False):
        place += 1
    return place


def _new_row(prefix: str, model: Any, text: str) -> Any:
    row: Any
    if prefix == "decision":
        row = DecisionPoint(uid=uuid.uuid4(), deciding_body=model.deciding_body, text=text)
    else:
        row = Attachment(uid=uuid.uuid4(), text=text)
    row.is_added = True
    return row


def _log(event: EventType, row: ReturnedDocument, actor: User, after: dict[str, object]) -> None:
    case = row.report.case
    log(
        event,
        row,
        actor=actor,
        about=case,
        after={"report": row.report_id, "file": row.original_name, **after},
    )
