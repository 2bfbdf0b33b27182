# SPDX-License-Identifier: EUPL-1.2
"""Where the desk shows the register."""

from urllib.parse import urlencode

from django.urls import reverse

from casework.initiatives.models import Initiative
from casework.register.models import Case, Record, RecordFile
from desk.register.panels import RECORDS_SHOWN
from ui.links import link
from ui.pages import is_showable


@link(Case, "desk")
def case(found: Case) -> str:
    """The page of a case."""
    return reverse("desk_case", args=[found.pk])


@link(Record, "desk")
def record(found: Record) -> str:
    """Its row on the page of its case; of the older ones of many, in the list of all."""
    case, number = found.case, found.entry.record_number or 0
    if case.record_count - number >= RECORDS_SHOWN:
        return f"{reverse('desk_records', args=[case.pk])}?{urlencode({'q': found.dnr})}"
    return f"{reverse('desk_case', args=[case.pk])}#handling-{number}"


@link(Initiative, "desk")
def initiative(found: Initiative) -> str:
    """The page of an initiative: its case's once it is registered."""
    if found.case_id is not None:
        return reverse("desk_case", args=[found.case_id])
    return reverse("desk_initiative", args=[found.pk])


@link(Initiative, "transition.register")
def register(found: Initiative) -> str:
    """Where a registrar gives the initiative its number."""
    return reverse("desk_register_initiative", args=[found.pk])


@link(RecordFile, "desk")
def file(found: RecordFile) -> str:
    """Its pages, where it has any that can be shown; else the file."""
    pages = is_showable(found.original_name)
    return reverse("desk_file_pages" if pages else "desk_file", args=[found.pk])
