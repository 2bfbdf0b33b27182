# SPDX-License-Identifier: EUPL-1.2
"""The texts of records' files, for search (docs/mechanisms/inbox.md)."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from casework.reading.jail import Broken, Jail, kept
from casework.register.enums import ReadingState, TextKind
from casework.register.models import READ_HERE, FileReading, Record, RecordFile
from casework.register.services.texts import write_texts
from casework.register.tasks import hold_text, suffix_of

log = structlog.get_logger(__name__)

SECONDS = 20


def read_texts(records: Iterable[int]) -> int:
    """Read the texts of some records' files that were not read before; return how many files.

    A text that was given at registration stands for the record's first file and is not
    overwritten. A file that cannot be read is kept, and marked.
    """
    done = 0
    jail = kept("casework.reading.texts", SECONDS)
    for pk in records:
        record = Record.objects.select_related("case__entry__series").get(pk=pk)
        done += _read(record, jail)
    return done


def _read(record: Record, jail: Jail) -> int:
    files = [row for row in record.files.select_related("reading").order_by("pk") if hold_text(row)]
    unread = [row for row in files if not hasattr(row, "reading")]
    if not unread:
        return 0
    first = record.files.order_by("pk").values_list("pk", flat=True).first()
    is_given = record.texts.exclude(key__startswith=READ_HERE).exists()
    texts: dict[str, str] = {}
    states: dict[int, str] = {}
    for row in unread:
        if is_given and row.pk == first:
            states[row.pk] = ReadingState.GIVEN
            continue
        states[row.pk], text = _text_of(row, jail)
        if text:
            texts[row.text_key] = text
    if texts:
        write_texts(case=record.case, record=record, kind=TextKind.FILE, texts=texts)
    FileReading.objects.bulk_create(
        [FileReading(file_id=pk, state=state) for pk, state in states.items()],
        ignore_conflicts=True,
    )
    return len(unread)


def _text_of(row: RecordFile, jail: Jail) -> tuple[str, str]:
    try:
        with row.file.open("rb") as file:
            told, text = jail.ask({"suffix": suffix_of(row)}, file.read())
    except (Broken, OSError) as error:
        log.warning("file_unreadable", file=row.pk, reason=type(error).__name__)
        return ReadingState.UNREADABLE, ""
    return told.get("state", ReadingState.UNREADABLE), text.decode("utf-8", "replace")
