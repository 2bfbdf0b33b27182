# SPDX-License-Identifier: EUPL-1.2
"""Where the desk sends out what has not gone out."""

from django.urls import reverse

from casework.register.models import Record
from ui.links import link


@link(Record, "unexpedited")
def record(found: Record) -> str:
    """Where the record is sent to somebody, or noted as sent."""
    return reverse("desk_dispatch", args=[found.pk])
