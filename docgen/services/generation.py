# SPDX-License-Identifier: EUPL-1.2
"""Making Word files: the order, the work, and rendering on the spot."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.events import EventType
from casework.journal.services import log
from casework.organisation.models import User
from docgen import content as c
from docgen import events
from docgen.engine import ENGINE_VERSION
from docgen.engine.errors import DocumentError, TemplateError
from docgen.engine.render import Rendering
from docgen.engine.render import render as fill_template
from docgen.engine.values import Meta
from docgen.enums import GenerationState
from docgen.layout import SIGNED, report_values
from docgen.models import DocumentTemplate, GeneratedDocument, Report
from docgen.obstacles import IncompleteReport, require_complete
from docgen.pdf import PdfUnavailable, to_pdfs
from docgen.permissions import require_writer
from docgen.services.building import content_of, hash_of
from docgen.services.reports import newest, refresh_facts
from docgen.services.standard import template_data

logger = structlog.get_logger(__name__)

_WAITING = (GenerationState.PENDING, GenerationState.RUNNING)
_PDFS_AT_ONCE = 20

SHIPPED = Path(__file__).parent.parent / "templates_docx" / "tjansteutlatande.docx"


@dataclass(frozen=True, slots=True)
class UsedTemplate:
    """A template ready to be filled."""

    version: str
    data: bytes
    row: DocumentTemplate | None = None

    @property
    def sha256(self) -> str:
        """Of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@cache
def shipped_template() -> UsedTemplate:
    """The neutral template that comes with the product."""
    return UsedTemplate(template_data()["version"], SHIPPED.read_bytes())


def active_template() -> UsedTemplate:
    """The city's newest active template, or the shipped one."""
    row = DocumentTemplate.objects.filter(is_active=True).order_by("-pk").first()
    return template_from(row)


def template_from(row: DocumentTemplate | None) -> UsedTemplate:
    """The template of a row; no row means the shipped one."""
    if row is None:
        return shipped_template()
    with row.file.open("rb") as file:
        used = UsedTemplate(row.version, file.read(), row)
    if used.sha256 != row.sha256:
        raise TemplateError(_("Mallens fil har ändrats sedan den lades in."))
    return used


def render_content(
    content: c.ReportContent, template: UsedTemplate, *, report_id: int, revision: int
) -> Rendering:
    """The file of a content: depends on content, revision, template and engine only."""
    day = content.date or dt.date(2000, 1, 1)
    moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    meta = Meta(
        title=content.title,
        creator=content.administration,
        created=moment,
        modified=moment,
        identifier=", ".join(content.dnr),
        category=content.headings.document_type,
        provenance={
            "InitiativReport": str(report_id),
            "InitiativRevision": str(revision),
            "InitiativContent": hash_of(content),
            "InitiativTemplate": f"{template.version} {template.sha256[:16]}",
            "InitiativEngine": ENGINE_VERSION,
            "InitiativDnr": ", ".join(content.dnr),
        },
    )
    return fill_template(template.data, report_values(content), meta, signed=SIGNED)


def render(report: Report) -> bytes:
    """The Word file of the report's newest revision, on the spot and without a trace.

    Raises:
        IncompleteReport: something mandatory is missing; its names are in the sentence.
    """
    last = newest(report)
    content = content_of(last)
    require_complete(content)
    return render_content(
        content,
        active_template(),
        report_id=last.pk,
        revision=last.latest_revision_id or 0,
    ).data


@transaction.atomic
def request_generation(*, report: Report, actor: User) -> GeneratedDocument:
    """Order a Word file of the newest revision; a worker makes it after the commit.

    Raises:
        PermissionDenied: the person does not write at the case's authority.
        ValidationError: something mandatory is missing; its names are in the sentence.
    """
    require_writer(actor, report.case)
    Report.objects.select_for_update().get(pk=report.pk)  # numbers are given one at a time
    underway = report.documents.filter(
        state__in=[GenerationState.PENDING, GenerationState.RUNNING],
        created_at__gte=timezone.now() - dt.timedelta(minutes=2),
    ).first()
    last = refresh_facts(report=report, actor=actor)
    content = content_of(last)
    try:
        require_complete(content)
    except IncompleteReport as error:
        raise ValidationError(str(error), code="incomplete") from error
    if underway is not None and underway.content_hash == hash_of(content):
        return underway  # a double click orders one file
    template = active_template()
    document = GeneratedDocument.objects.create(
        report=report,
        number=next_number(report),
        revision_number=last.latest_revision_id or 0,
        content=c.to_json(content),
        content_hash=hash_of(content),
        template=template.row,
        template_version=template.version,
        engine_version=ENGINE_VERSION,
        created_by=actor,
    )
    _log(events.GENERATION_REQUESTED, document, actor)
    transaction.on_commit(lambda: _enqueue(document.pk))
    return document


def next_number(report: Report) -> int:
    """The next file's number; ask with the report locked."""
    earlier = report.documents.order_by("-number").first()
    return earlier.number + 1 if earlier else 1


def _enqueue(document_id: int) -> None:
    from docgen.tasks import generate

    generate.enqueue(document_id)


def run_generation(document_id: int) -> None:
    """Make an ordered file. A fault ends up on the order, in words, never lost in a log."""
    claimed = GeneratedDocument.objects.filter(
        pk=document_id, state__in=[GenerationState.PENDING, GenerationState.RUNNING]
    ).update(state=GenerationState.RUNNING, started_at=timezone.now())
    if not claimed:
        return
    document = GeneratedDocument.objects.select_related("report__case", "template").get(
        pk=document_id
    )
    try:
        rendering = render_content(
            c.from_json(c.ReportContent, document.content),
            template_from(document.template),
            report_id=document.report_id,
            revision=document.revision_number,
        )
        _finish(document, rendering)
    except DocumentError as error:
        _fail(document, str(error))
    except Exception:
        logger.exception("generation_failed", document=document_id)
        _fail(document, _("Något gick fel när filen skapades. Försök igen om en stund."))


@transaction.atomic
def _finish(document: GeneratedDocument, rendering: Rendering) -> None:
    document.file.save("document.docx", ContentFile(rendering.data), save=False)
    document.sha256 = hashlib.sha256(rendering.data).hexdigest()
    document.pages = rendering.pages
    document.signature_page = rendering.signature_page
    document.state = GenerationState.DONE
    document.error = ""
    document.finished_at = timezone.now()
    document.save()
    _log(events.GENERATED, document, document.created_by, {"sha256": document.sha256})


@transaction.atomic
def request_pdf(*, document: GeneratedDocument, actor: User) -> None:
    """Order a PDF of a finished Word file.

    Raises:
        PermissionDenied: the person does not write at the case's authority.
    """
    require_writer(actor, document.report.case)
    row = GeneratedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if row.state != GenerationState.DONE or row.pdf_state == GenerationState.DONE:
        return
    # A click on a page that has not heard of the order yet orders nothing; one on an order that
    # died with its worker does.
    if row.pdf_state not in _WAITING or row.pdf_is_lost:
        GeneratedDocument.objects.filter(pk=row.pk).update(
            pdf_state=GenerationState.PENDING, pdf_error="", pdf_ordered_at=timezone.now()
        )
        _log(events.PDF_REQUESTED, document, actor)
        transaction.on_commit(lambda: _enqueue_pdf(document.pk))


def _enqueue_pdf(document_id: int) -> None:
    from docgen.tasks import make_pdf

    make_pdf.enqueue(document_id)


def run_pdf(document_id: int) -> None:
    """Make an ordered PDF, and those that wait beside it; what cannot be made says why."""
    waiting = GeneratedDocument.objects.filter(pdf_state=GenerationState.PENDING)
    if not waiting.filter(pk=document_id).update(pdf_state=GenerationState.RUNNING):
        return  # made already, in the company of an earlier one
    numbers = [document_id]
    # To start LibreOffice costs more than to print: one start serves all who wait.
    others = waiting.order_by("pdf_ordered_at", "pk").values_list("pk", flat=True)
    for number in list(others[: _PDFS_AT_ONCE - 1]):
        if waiting.filter(pk=number).update(pdf_state=GenerationState.RUNNING):
            numbers.append(number)
    documents = list(
        GeneratedDocument.objects.filter(pk__in=numbers).select_related("report__case")
    )
    try:
        made = to_pdfs([_bytes_of(document) for document in documents])
    except Exception:
        logger.exception("pdf_failed", documents=numbers)
        sentence = _("Något gick fel när PDF-filen skapades. Försök igen om en stund.")
        made = [PdfUnavailable(sentence) for _document in documents]
    for document, outcome in zip(documents, made, strict=True):
        if isinstance(outcome, PdfUnavailable):
            document.pdf_state, document.pdf_error = GenerationState.FAILED, str(outcome)
        else:
            document.pdf_file.save("document.pdf", ContentFile(outcome), save=False)
            document.pdf_sha256 = hashlib.sha256(outcome).hexdigest()
            document.pdf_state, document.pdf_error = GenerationState.DONE, ""
        with transaction.atomic():
            document.save(update_fields=["pdf_file", "pdf_sha256", "pdf_state", "pdf_error"])
            if document.pdf_state == GenerationState.DONE:
                _log(events.PDF_MADE, document, None, {"sha256": document.pdf_sha256})


def _bytes_of(document: GeneratedDocument) -> bytes:
    with document.file.open("rb") as file:
        data: bytes = file.read()
        return data


def _fail(document: GeneratedDocument, sentence: str) -> None:
    document.state = GenerationState.FAILED
    document.error = sentence
    document.finished_at = timezone.now()
    document.save(update_fields=["state", "error", "finished_at"])


def _log(
    event: EventType,
    document: GeneratedDocument,
    actor: User | None,
    after: dict[str, object] | None = None,
) -> None:
    case = document.report.case
    log(
        event,
        document,
        actor=actor,
        about=case,
        after={"version": document.number, **(after or {})},
        rows=digests_of(document),
    )
