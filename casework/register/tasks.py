# SPDX-License-Identifier: EUPL-1.2
"""What the worker does for the diary: daily, and when somebody asks."""

from __future__ import annotations

from pathlib import PurePath

from django.utils import timezone
from django_tasks import task

from casework.organisation.models import User
from casework.register.models import Case, NumberSeries, RecordFile


def end_publications() -> int:
    """Take the cases out of the web diary whose last day has gone by; returns how many.

    Nobody sees them any more whether this runs or not; it makes the tables and the index say so.
    """
    from casework.register.services.publication import end_publication

    today = timezone.localdate()
    due = Case.objects.filter(is_published=True, published_until__lt=today).order_by("pk")
    pks = list(due.values_list("pk", flat=True))
    for pk in pks:
        end_publication(case=Case.objects.get(pk=pk))
    return len(pks)


@task()
def audit(series: int, year: int, actor: int) -> None:
    """Audit a long series in the background; the right was asked when it was ordered, and is here.

    Args:
        series: its primary key.
        actor: who asked for it.
    """
    from casework.register.services.auditing import audit_numbers

    audit_numbers(
        series=NumberSeries.objects.get(pk=series), year=year, actor=User.objects.get(pk=actor)
    )


READABLE = frozenset({".docx", ".pptx", ".xlsx", ".odt", ".ods", ".pdf", ".txt", ".eml"})
"""What names of files end in whose text can be read."""


def suffix_of(file: RecordFile) -> str:
    """What a file's name ends in."""
    return PurePath(file.original_name).suffix.lower()


def hold_text(file: RecordFile) -> bool:
    """Whether the file is of a kind whose text can be read."""
    return suffix_of(file) in READABLE


@task()
def read_record(record_id: int) -> None:
    """Read the texts of a record's files for search."""
    from casework.register.services.file_texts import read_texts

    read_texts([record_id])


def enqueue_reading(record_id: int) -> None:
    """Hand a record's files to the worker."""
    read_record.enqueue(record_id)
