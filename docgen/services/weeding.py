# SPDX-License-Identifier: EUPL-1.2
"""A draft that never left the house is weeded: it was never a public record (TF 2:12)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.organisation.models import User
from docgen import events
from docgen.models import Report
from docgen.permissions import require_finisher


@transaction.atomic
def weed_report(*, report: Report, actor: User) -> None:
    """Take away a report of which no Word file was made, with all its versions.

    Raises:
        PermissionDenied: neither the case's officer nor a registrar.
        ValidationError: a file of it was made or handed in, and so may have left the house.
    """
    row = Report.objects.select_for_update(of=("self",)).select_related("case").get(pk=report.pk)
    require_finisher(actor, row.case)
    if row.documents.exists() or row.returned.exists():
        raise ValidationError(
            _(
                "En Word-fil har skapats och kan ha lämnat huset. Färdigställ tjänsteutlåtandet, "
                "eller avsluta ärendet med skäl."
            ),
            code="left",
        )
    log(events.REPORT_WEEDED, row, actor=actor, about=row.case)
    row.revisions.all().delete()
    row.delete()
