# SPDX-License-Identifier: EUPL-1.2
"""A finished report becomes a record of its case, with the file as it stood (R60)."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation.models import User
from casework.register.enums import Direction, RecordKind, TextKind
from casework.register.models import Record
from casework.register.services import register_generated_record, write_text
from docgen import content as c
from docgen import events
from docgen.engine import ENGINE_VERSION
from docgen.engine.errors import DocumentError
from docgen.enums import GenerationState
from docgen.layout import consultation_text
from docgen.models import GeneratedDocument, Report
from docgen.obstacles import require_complete
from docgen.permissions import require_finisher
from docgen.services.building import content_of, hash_of
from docgen.services.generation import active_template, next_number, render_content
from docgen.services.reports import refresh_facts

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def finish_report(*, report: Report, actor: User) -> Record:
    """Make the newest text a Word file and register it as an established record of the case.

    A report that is written on and finished again becomes another record; the first one stays.

    Raises:
        PermissionDenied: neither the case's officer nor a registrar.
        ValidationError: this very text is registered already, something mandatory is missing, or
            it cannot be made a file.
    """
    row = Report.objects.select_for_update(of=("self",)).select_related("case").get(pk=report.pk)
    require_finisher(actor, row.case)
    last = refresh_facts(report=row, actor=actor)
    content = content_of(last)
    registered = row.documents.filter(content_hash=hash_of(content), record__isnull=False).first()
    if registered is not None and registered.record is not None:
        raise ValidationError(
            _("Texten är redan registrerad som handling %(dnr)s.") % {"dnr": registered.record.dnr},
            code="finished",
        )
    template = active_template()
    try:
        require_complete(content)
        rendering = render_content(
            content, template, report_id=row.pk, revision=last.latest_revision_id or 0
        )
    except DocumentError as error:
        raise ValidationError(str(error)) from error
    document = GeneratedDocument(
        report=row,
        number=next_number(row),
        revision_number=last.latest_revision_id or 0,
        content=c.to_json(content),
        content_hash=hash_of(content),
        template=template.row,
        template_version=template.version,
        engine_version=ENGINE_VERSION,
        state=GenerationState.DONE,
        sha256=hashlib.sha256(rendering.data).hexdigest(),
        pages=rendering.pages,
        signature_page=rendering.signature_page,
        created_by=actor,
        finished_at=timezone.now(),
    )
    document.file.save("document.docx", ContentFile(rendering.data), save=False)
    document.record = register_generated_record(
        case=row.case,
        kind=RecordKind.REPORT,
        direction=Direction.ESTABLISHED,
        title=_("Tjänsteutlåtande: %(title)s") % {"title": content.title},
        title_public=_("Tjänsteutlåtande"),
        name=document.filename,
        content=rendering.data,
        content_type=WORD,
        actor=actor,
    )
    document.save()
    write_text(
        case=row.case, record=document.record, kind=TextKind.REPORT, text=plain_text(content)
    )
    log(
        events.REPORT_FINISHED,
        document,
        actor=actor,
        about=row.case,
        after={"dnr": document.record.dnr, "report": row.pk, "version": document.number},
        rows=digests_of(document),
    )
    return document.record


def plain_text(content: c.ReportContent) -> str:
    """The report as running text: what the search finds it by."""
    blocks = [content.title, content.kind_line]
    for group in content.decisions:
        blocks += [group.lead, *(point.text for point in group.points)]
    for section in content.sections:
        blocks += [section.heading, _text(section.html)]
    if content.consultation is not None:
        blocks.append(consultation_text(content.consultation))
    for dissent in content.dissents:
        blocks += [*(point.text for point in dissent.proposal), _text(dissent.html)]
    return "\n".join(block for block in blocks if block.strip())


def _text(html: str) -> str:
    """The words of running text, a space where a paragraph or a point ended."""
    return " ".join(strip_tags(html.replace("<", " <")).split())
