# SPDX-License-Identifier: EUPL-1.2
"""Where the desk shows a report."""

from django.urls import reverse

from docgen.models import Report
from ui.links import link


@link(Report, "desk")
def report(found: Report) -> str:
    """The report's page: its files, their state, what has come back."""
    return reverse("docgen:report", args=[found.pk])
