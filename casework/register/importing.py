# SPDX-License-Identifier: EUPL-1.2
"""Bringing in decisions from before the register, from JSON Lines.

Idempotent by ``id`` and by content: a row that says what is stored already is not touched and
writes nothing to the outbox, so the same file may be imported again after it has grown. A line
that cannot be read is listed by number and reason, and does not stop the others.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework.organisation.models import Authority
from casework.register.models import EarlierDecision
from casework.register.numbers import best_reading
from casework.register.signals import changed_many

BATCH = 1_000
MAX_LINE = 10_000_000
_LONGEST = {"external_id": 400, "number": 120, "dnr": 120, "decision_type": 80, "url": 500}
_CUT = {"author": 400, "dept": 400}
_COLUMNS = (
    "number", "dnr", "key", "loose_key", "title", "date", "decision_type", "author", "dept",
    "body", "url", "authority", "content_hash",
    "change_number",
)  # fmt: skip


class BadLineError(ValueError):
    """A line that is not an earlier decision; the message (in Swedish) says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that was left out."""

    line: int
    reason: str


@dataclass(slots=True)
class ImportReport:
    """What an import did, or with ``dry_run`` would do."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """One decision as the file tells it, checked and trimmed."""

    external_id: str
    number: str
    dnr: str
    title: str
    date: date | None
    decision_type: str
    author: str
    dept: str
    body: str
    url: str

    def content_hash(self, authority: Authority | None) -> str:
        """Return what changes when, and only when, something stored changes."""
        values = [str(getattr(self, column.name)) for column in fields(self)]
        values.append(authority.code if authority else "")
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()

    def decision(self, authority: Authority | None) -> EarlierDecision:
        """Return the model instance of the row, not saved."""
        reading = best_reading(self.dnr) or best_reading(self.number)
        return EarlierDecision(
            **{column.name: getattr(self, column.name) for column in fields(self)},
            key=reading.key if reading else "",
            loose_key=reading.loose_key if reading else "",
            authority=authority,
            content_hash=self.content_hash(authority),
        )


def read_row(line: bytes) -> Row:
    """Read and check one line.

    Raises :class:`BadLineError` for anything that is not an earlier decision.
    """
    if len(line) > MAX_LINE:
        raise BadLineError(_("raden är för lång"))
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLineError(_("texten är inte UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise BadLineError(_("raden är inte giltig JSON")) from error
    if not isinstance(data, dict):
        raise BadLineError(_("raden är inte ett JSON-objekt"))
    texts = {
        "external_id": _text(data, "id"),
        "number": _text(data, "number"),
        "dnr": _text(data, "dnr"),
        "title": _text(data, "title"),
        "decision_type": _text(data, "type"),
        "author": _text(data, "author"),
        "dept": _text(data, "dept"),
        "body": _text(data, "body"),
        "url": _text(data, "url"),
    }
    for name, key in (("external_id", "id"), ("title", "title")):
        if not texts[name]:
            raise BadLineError(_("fältet ”%(key)s” saknas eller är tomt") % {"key": key})
    for name, longest in _LONGEST.items():
        if len(texts[name]) > longest:
            raise BadLineError(
                _("fältet ”%(name)s” är längre än %(longest)s tecken")
                % {"name": name, "longest": longest}
            )
    for name, longest in _CUT.items():
        texts[name] = texts[name][:longest]
    return Row(date=_date(_text(data, "date")), **texts)


def _text(data: dict[str, Any], key: str) -> str:
    """Return a field as text; a list of texts is one text, parted by commas."""
    value = data.get(key)
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ", ".join(value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise BadLineError(_("fältet ”%(key)s” är inte text") % {"key": key})
    # PostgreSQL keeps no NUL, and no database keeps half a surrogate pair.
    return value.replace("\x00", "").encode("utf-8", "ignore").decode().strip()


def _date(text: str) -> date | None:
    """Return a date; one that lacks day or month stands for its first day."""
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?", text)
    if match is None:
        raise BadLineError(_("datumet ”%(text)s” går inte att läsa") % {"text": text[:40]})
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError as error:
        raise BadLineError(_("datumet ”%(text)s” finns inte") % {"text": text[:40]}) from error


def import_decisions(
    lines: Iterable[bytes],
    *,
    authority: Authority | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Create or update earlier decisions from JSON Lines, in batches of a transaction each.

    A caller that wants a progress bar moves it as its lines are taken.
    """
    report = ImportReport()
    batch: dict[str, Row] = {}
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = read_row(line)
            if earlier := first_line.get(row.external_id):
                raise BadLineError(f"samma id som rad {earlier}")
        except BadLineError as error:
            report.faults.append(Fault(number, str(error)))
            continue
        first_line[row.external_id] = number
        batch[row.external_id] = row
        if len(batch) >= BATCH:
            _store(batch, authority, report, dry_run=dry_run)
            batch = {}
    if batch:
        _store(batch, authority, report, dry_run=dry_run)
    return report


@transaction.atomic
def _store(
    batch: dict[str, Row], authority: Authority | None, report: ImportReport, *, dry_run: bool
) -> None:
    """Store one batch; what changed is announced in the same transaction."""
    stored = {
        external_id: (pk, content_hash, number)
        for external_id, pk, content_hash, number in EarlierDecision.objects.select_for_update()
        .filter(external_id__in=batch)
        .values_list("external_id", "pk", "content_hash", "change_number")
    }
    fresh: list[EarlierDecision] = []
    changed: list[EarlierDecision] = []
    for external_id, row in batch.items():
        decision = row.decision(authority)
        if external_id not in stored:
            fresh.append(decision)
            continue
        pk, content_hash, number = stored[external_id]
        if content_hash == decision.content_hash:
            report.unchanged += 1
            continue
        decision.pk, decision.change_number = pk, number + 1
        changed.append(decision)
    report.created += len(fresh)
    report.updated += len(changed)
    if dry_run:
        return
    created = EarlierDecision.objects.bulk_create(fresh, batch_size=BATCH)
    if changed:
        EarlierDecision.objects.bulk_update(changed, _COLUMNS, batch_size=50)
    rows = [(decision.pk, decision.change_number) for decision in [*created, *changed]]
    if rows:
        changed_many.send(sender=EarlierDecision, rows=rows)
