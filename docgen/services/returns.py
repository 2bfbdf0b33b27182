# SPDX-License-Identifier: EUPL-1.2
"""Taking Word files back: read, show what they change, take over what the officer chooses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from casework.journal.digests import digests_of
from casework.journal.events import EventType
from casework.journal.services import log
from casework.organisation.models import User
from casework.register.uploads import shown_name
from docgen import content as c
from docgen import events
from docgen.comparison import compare, remarks_of, shown_in
from docgen.engine.errors import DocumentError, UnreadableDocument
from docgen.engine.reader import Reading, read_document
from docgen.engine.remarks import Remark
from docgen.layout import READING
from docgen.models import GeneratedDocument, Report, ReturnedDocument
from docgen.permissions import require_writer
from docgen.readback import read_fully, read_safely
from docgen.services.building import content_of
from docgen.services.generation import active_template, render_content, template_from
from docgen.services.reports import newest, save_draft
from docgen.services.rows import ReportRows, problem_of
from docgen.sides import Change


@dataclass(frozen=True, slots=True)
class Returned:
    """A read file: which report it was made of, from what, what it changes and cannot change."""

    report: Report
    document: GeneratedDocument | None
    provenance: dict[str, str]
    changes: list[Change]
    remarks: list[Remark]


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
    returned, partial = read_fully(data, sent, returned)
    now = _reading(content_of(newest(owner)), document)
    changes = [
        replace(x, problem=problem, ticked=x.ticked and not problem)
        for x in compare(sent, returned, now, partial=partial)
        for problem in [_problem(x.kind, x.key, x.after) if x.applicable else ""]
    ]
    remarks = remarks_of(sent, returned)
    if partial:
        remarks.insert(0, Remark("partial", "", ""))
    return Returned(owner, document, returned.provenance, changes, remarks)


def _is_number(text: str) -> bool:
    """Whether a file's claim is a primary key; other digits than ours are digits too (”²”)."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def _sent(report: Report, provenance: dict[str, str]) -> tuple[GeneratedDocument | None, Reading]:
    """What was sent out, read in the same way as what came back."""
    wanted = provenance.get("InitiativContent", "")
    document = report.documents.filter(content_hash=wanted).order_by("-number").first()
    if document is not None and document.file:
        with document.file.open("rb") as file:
            return document, read_document(file.read(), READING)
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
        raise ValidationError(
            _("Filen är %(size)s MB. Största tillåtna storlek är %(most)s MB.")
            % {"size": (file.size or 0) >> 20, "most": settings.MAX_ATTACHMENT_BYTES >> 20}
        )
    data = file.read()
    try:
        returned = read_returned(data, report)
    except DocumentError as error:
        raise ValidationError(str(error)) from error
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)  # a double click hands in once
        digest = hashlib.sha256(data).hexdigest()
        earlier = report.returned.filter(sha256=digest).order_by("-pk").first()
        row = earlier if earlier is not None and earlier.applied_at is None else None
        if row is None:
            row = ReturnedDocument(
                report=report,
                document=returned.document,
                original_name=shown_name(file),
                sha256=digest,
                uploaded_by=actor,
            )
            row.file.save("returned.docx", ContentFile(data), save=False)
        row.changes = [change.to_json() for change in returned.changes]
        row.remarks = [asdict(remark) for remark in returned.remarks]
        if earlier is not None:
            row.remarks.insert(0, asdict(Remark("again", "", "", _who_and_when(earlier))))
        row.save()
        _log(events.RETURN_READ, row, actor, {"changes": len(returned.changes)})
    return row


def _who_and_when(row: ReturnedDocument) -> str:
    return f"{timezone.localtime(row.uploaded_at):%Y-%m-%d %H.%M}, {row.uploaded_by}"


@transaction.atomic
def apply_returned(*, row: ReturnedDocument, chosen: Iterable[int], actor: User) -> Revision:
    """Take the chosen changes over into a new revision of the report.

    Raises:
        PermissionDenied: the person does not write at the case's authority.
        ValidationError: nothing was chosen, the file has been taken over already, a value does
            not fit, or the text has been changed since. Then nothing is taken over.
    """
    row = ReturnedDocument.objects.select_for_update().get(pk=row.pk)
    require_writer(actor, row.report.case)
    if row.applied_at is not None:
        raise ValidationError(_("Ändringarna har redan förts in."))
    numbers = sorted({n for n in chosen if 0 <= n < len(row.changes)})
    changes = [row.changes[n] for n in numbers if row.changes[n]["applicable"]]
    if not changes:
        raise ValidationError(_("Välj minst en ändring att föra in."))
    Report.objects.select_for_update().get(pk=row.report_id)  # one return at a time
    report = newest(row.report)
    _require_fit(report, row, changes)
    draft = ReportRows(report)
    for change in changes:
        draft.take_over(change)
    draft.put_back()
    revision = save_draft(report=report, actor=actor)
    row.applied_at = timezone.now()
    row.applied_by = actor
    row.applied = numbers
    row.save(update_fields=["applied_at", "applied_by", "applied"])
    _log(events.RETURN_APPLIED, row, actor, {"changes": len(changes)})
    return revision


def _problem(kind: str, key: str, text: str) -> str:
    return "" if kind in ("moved", "removed") or not text else problem_of(key, text)


def _require_fit(report: Report, row: ReturnedDocument, changes: list[dict[str, Any]]) -> None:
    """Refuse by name what is too long or no address, and what has been written over since."""
    wrong = [
        f"{change['label']}: {problem}"
        for change in changes
        if (problem := _problem(change["kind"], change["key"], change["after"]))
    ]
    if wrong:
        raise ValidationError(wrong)
    now = shown_in(_reading(content_of(report), row.document))
    since = [
        change["label"]
        for change in changes
        if change["kind"] != "added" and now(change) != change["now"]
    ]
    if since:
        raise ValidationError(
            _(
                "Texten har ändrats här sedan filen lästes: %(labels)s. Lämna in filen igen, så "
                "visas skillnaderna mot texten som den är nu."
            )
            % {"labels": ", ".join(dict.fromkeys(since))}
        )


def _log(event: EventType, row: ReturnedDocument, actor: User, after: dict[str, object]) -> None:
    case = row.report.case
    log(
        event,
        row,
        actor=actor,
        about=case,
        after={"report": row.report_id, "file": row.original_name, **after},
        rows=digests_of(row),
    )
