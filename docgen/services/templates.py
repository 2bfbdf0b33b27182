# SPDX-License-Identifier: EUPL-1.2
"""A city's own template: checked when it comes in, never changed afterwards."""

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
from docgen.layout import FIELDS
from docgen.models import DocumentTemplate


@transaction.atomic
def add_template(data: bytes, *, name: str, version: str, user: User | None) -> DocumentTemplate:
    """Take a template into use; documents made earlier keep the one that they were made with.

    Raises:
        ValidationError: the check found faults (all of them are told), or the version is taken.
    """
    faults = [str(x) for x in check_template(data, FIELDS) if not x.warning]
    if faults:
        raise ValidationError(faults)
    if DocumentTemplate.objects.filter(version=version).exists():
        raise ValidationError(_("Det finns redan en mall med den versionen."))
    DocumentTemplate.objects.filter(is_active=True).update(is_active=False)
    row = DocumentTemplate(
        name=name, version=version, sha256=hashlib.sha256(data).hexdigest(), created_by=user
    )
    row.file.save("template.docx", ContentFile(data), save=False)
    row.save()
    log(events.TEMPLATE_ADDED, row, actor=user, after={"version": version, "name": name})
    return row


@transaction.atomic
def use_shipped_template(user: User | None) -> None:
    """Go back to the neutral template that comes with the product."""
    for row in DocumentTemplate.objects.filter(is_active=True):
        row.is_active = False
        row.save(update_fields=["is_active"])
        log(events.TEMPLATE_RETIRED, row, actor=user, after={"version": row.version})
