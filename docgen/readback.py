# SPDX-License-Identifier: EUPL-1.2
"""What a returned Word file changes, field by field.

The file is read in a child process with limits on memory and time. What it says is compared with
what was sent out, so that only the receiver's own changes count; where the report has moved on in
the meantime the change is marked as a conflict.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from docgen.engine.errors import UnreadableDocument, UnsafeFile
from docgen.engine.reader import Found, Reading
from docgen.engine.values import Field
from docgen.layout import FIELDS, READING

SECONDS = 40
_ROOT = Path(__file__).resolve().parent.parent

# Fields that live in the report's rows. The rest belongs to the case or the template.
CHANGEABLE = frozenset(
    {
        "title",
        "kind_line",
        "officer.name",
        "officer.phone",
        "officer.email",
        "recipient.name",
        "decision.lead",
        "decision.text",
        "signatory.name",
        "signatory.title",
        "section.heading",
        "section.body",
        "attachment.text",
    }
)
# Rows that disappear with their field, and rows that new lines below a field become.
REMOVABLE = frozenset(
    {"decision.text", "attachment.text", "section.body", "kind_line", "officer.phone",
     "officer.email", "signatory.title"}
)  # fmt: skip
ADDABLE = frozenset({"decision.text", "attachment.text"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``kind``: changed, removed, added (after ``item``) or unplaced."""

    kind: str
    key: str
    item: str
    label: str
    where: str
    before: str
    after: str
    is_html: bool = False
    applicable: bool = False
    conflict: bool = False
    now: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def read_safely(data: bytes) -> Reading:
    """Read a file from outside in a child process; raises a reason in Swedish."""
    plan = json.dumps({"rich": sorted(READING.rich), "opens": READING.opens})
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    try:
        # Our own interpreter and module; the file goes in as bytes and is no argument.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "docgen.engine.reader", plan],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(_("Filen tog för lång tid att läsa.")) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise UnreadableDocument(_("Filen gick inte att läsa.")) from error
    if "reading" in answer:
        return Reading.from_json(answer["reading"])
    if answer.get("unsafe"):
        raise UnsafeFile(answer["error"])
    raise UnreadableDocument(answer["error"])


def compare(sent: Reading, returned: Reading, now: Reading | None = None) -> list[Change]:
    """The changes between what was sent and what came back, in the order of the document."""
    before = _by_place(sent)
    after = _by_place(returned)
    current = _by_place(now) if now is not None else before
    return [
        *_field_changes(before, after, current),
        *_additions(sent, returned, before),
    ]


def _by_place(reading: Reading) -> dict[tuple[str, str], Found]:
    found: dict[tuple[str, str], Found] = {}
    for field in reading.fields:
        found.setdefault((field.key, field.item), field)
    return found


def _shown(field: Found | None) -> str:
    if field is None:
        return ""
    return field.html or field.text.strip()


def _field_changes(
    before: dict[tuple[str, str], Found],
    after: dict[tuple[str, str], Found],
    current: dict[tuple[str, str], Found],
) -> Iterator[Change]:
    # Running text may have been written under a heading that had none when it was sent.
    places = list(before) + [place for place in after if place not in before]
    for place in places:
        key, item = place
        old, new, live = (_shown(x.get(place)) for x in (before, after, current))
        if old == new or key not in LABELS:
            continue
        kind = "removed" if not new else "changed"
        may = key in (REMOVABLE if kind == "removed" else CHANGEABLE)
        yield Change(
            kind,
            key,
            item,
            LABELS[key],
            _where(before, key, item),
            old,
            new,
            is_html=key in READING.rich,
            applicable=may and (place in current or key == "section.body"),
            conflict=live not in (old, new),
            now=live if live not in (old, new) else "",
        )


def _additions(
    sent: Reading, returned: Reading, before: dict[tuple[str, str], Found]
) -> Iterator[Change]:
    known = [loose.text for loose in sent.loose]
    for loose in returned.loose:
        if loose.text in known:
            known.remove(loose.text)
            continue
        may = loose.after_key in ADDABLE
        yield Change(
            "added" if may else "unplaced",
            loose.after_key if may else "",
            loose.after_item if may else "",
            LABELS.get(loose.after_key, ""),
            _where(before, loose.after_key, loose.after_item),
            "",
            loose.text,
            applicable=may,
        )


def _where(fields: dict[tuple[str, str], Found], key: str, item: str) -> str:
    if key.startswith("section.") and key != "section.heading":
        heading = fields.get(("section.heading", item))
        return heading.text if heading else ""
    return ""


def _labels(fields: Iterable[Field]) -> dict[str, str]:
    found = {}
    for field in fields:
        if field.kind in ("text", "rich"):
            found[field.key] = field.label
        found.update(_labels(field.children))
    return found


LABELS = _labels(FIELDS)
