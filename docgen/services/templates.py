# SPDX-License-Identifier: EUPL-1.2
"""A city's own template: checked when it comes in, taken into use, never changed afterwards."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.events import EventType
from casework.journal.services import log
from casework.organisation.models import User
from docgen import events
from docgen.engine.faults import Fault
from docgen.models import DocumentTemplate
from docgen.permissions import require_template_keeper
from docgen.readback import check_safely


def check_report(data: bytes) -> list[Fault]:
    """What the check finds in a template, faults and warnings; nothing is kept.

    The file is opened, checked and tried out by a child process (``docgen/trial.py``).
    """
    return check_safely(data)


@transaction.atomic
def upload_template(
    *, data: bytes, name: str, version: str, actor: User | None
) -> DocumentTemplate:
    """Keep a template that passes the check; documents are made with it once it is in use.

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: the check found faults (all of them are told), or the version is taken.
    """
    require_template_keeper(actor)
    faults = [fault.sentence for fault in check_report(data) if not fault.warning]
    if faults:
        raise ValidationError({"file": faults})
    if DocumentTemplate.objects.filter(version=version.strip()).exists():
        raise ValidationError({"version": _("Det finns redan en mall med den versionen.")})
    row = DocumentTemplate(
        name=name.strip(),
        version=version.strip(),
        sha256=hashlib.sha256(data).hexdigest(),
        created_by=actor,
    )
    row.file.save("template.docx", ContentFile(data), save=False)
    row.save()
    _log(events.TEMPLATE_UPLOADED, row, actor)
    return row


@transaction.atomic
def take_template_into_use(*, template: DocumentTemplate, actor: User | None) -> DocumentTemplate:
    """Make new documents with this template; those made earlier keep the one they had.

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: it is in use already.
    """
    require_template_keeper(actor)
    row = DocumentTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if row.is_active:
        raise ValidationError(_("%(template)s används redan.") % {"template": row})
    _retire_all(actor)
    row.is_active = True
    row.save(update_fields=["is_active"])
    _log(events.TEMPLATE_ADDED, row, actor)
    return row


@transaction.atomic
def add_template(*, data: bytes, name: str, version: str, actor: User | None) -> DocumentTemplate:
    """Check a template and take it into use at once, as the command line does."""
    row = upload_template(data=data, name=name, version=version, actor=actor)
    return take_template_into_use(template=row, actor=actor)


@transaction.atomic
def use_shipped_template(*, actor: User | None) -> None:
    """Go back to the neutral template that comes with the product.

    Raises:
        PermissionDenied: only the administrator.
    """
    require_template_keeper(actor)
    _retire_all(actor)


def _retire_all(actor: User | None) -> None:
    for row in DocumentTemplate.objects.select_for_update(of=("self",)).filter(is_active=True):
        row.is_active = False
        row.save(update_fields=["is_active"])
        _log(events.TEMPLATE_RETIRED, row, actor)


def _log(event: EventType, row: DocumentTemplate, actor: User | None) -> None:
    after = {"version": row.version, "name": row.name}
    log(event, row, actor=actor, after=after, rows=digests_of(row))
