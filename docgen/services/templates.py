# SPDX-License-Identifier: EUPL-1.2
"""A city's own template: checked when it comes in, taken into use, never changed afterwards."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.organisation.models import User
from docgen import events
from docgen.engine.check import check_template
from docgen.engine.faults import Fault
from docgen.layout import FIELDS
from docgen.models import DocumentTemplate
from docgen.permissions import require_template_keeper


def check_report(data: bytes) -> list[Fault]:
    """What the check finds in a template, faults and warnings; nothing is kept."""
    return check_template(data, FIELDS)


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
    faults = [str(x) for x in check_report(data) if not x.warning]
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
    log(events.TEMPLATE_UPLOADED, row, actor=actor, after={"version": row.version, "name": name})
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
    DocumentTemplate.objects.filter(is_active=True).update(is_active=False)
    row.is_active = True
    row.save(update_fields=["is_active"])
    log(events.TEMPLATE_ADDED, row, actor=actor, after={"version": row.version, "name": row.name})
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
    for row in DocumentTemplate.objects.filter(is_active=True):
        row.is_active = False
        row.save(update_fields=["is_active"])
        log(events.TEMPLATE_RETIRED, row, actor=actor, after={"version": row.version})
