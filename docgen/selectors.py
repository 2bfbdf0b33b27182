# SPDX-License-Identifier: EUPL-1.2
"""Reading reports for the rooms below: what a case lacks at its end, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.register.models import Case
from casework.register.obstacles import Missing
from docgen.models import Report


def drafts_of(case: Case) -> QuerySet[Report]:
    """The reports of a case of which no version has been registered."""
    return Report.objects.filter(case=case).exclude(documents__record__isnull=False)


def unfinished(case: Case) -> Iterator[Missing]:
    """What a case lacks before it is closed: reports that are neither registered nor weeded."""
    for report in drafts_of(case):
        yield Missing(
            "draft",
            _("Utkastet ”%(title)s” är varken färdigställt eller rensat.")
            % {"title": report.title},
            report,
        )


def has_reports(case: Case) -> bool:
    """Whether the case holds the text of a report beside its records."""
    return Report.objects.filter(case=case).exists()
