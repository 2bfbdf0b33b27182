# SPDX-License-Identifier: EUPL-1.2
"""The register's jobs, run by the worker."""

from __future__ import annotations

from pathlib import PurePath

from django_tasks import task

from casework.register.models import RecordFile

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
