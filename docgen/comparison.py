# SPDX-License-Identifier: EUPL-1.2
"""The differences between what was sent out and what came back, and which may be taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from docgen.engine.carriers import SURROUNDINGS
from docgen.engine.reader import Reading
from docgen.engine.remarks import LOSSES, Remark
from docgen.layout import LABELS, READING
from docgen.moved_rows import additions, moves, recovered
from docgen.sides import Change, Place, Side

_LONGEST = 600
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
# Fields that stand in headers alone and live in the report all the same.
CARRIED = frozenset({"administration", "department", "date"})
# Fields that may be emptied, or that take their row with them.
REMOVABLE = frozenset(
    {"decision.text", "attachment.text", "section.heading", "section.body", "kind_line",
     "officer.phone", "officer.email", "signatory.title"}
)  # fmt: skip


def compare(
    sent: Reading, returned: Reading, now: Reading | None = None, *, partial: bool = False
) -> list[Change]:
    """The changes between what was sent and what came back, in the order of the document.

    What the report says already is no change, so that a file may be handed in twice. In a
    ``partial`` reading not every field was found, and nothing counts as removed or moved.
    """
    before, after = Side.of(sent), Side.of(recovered(sent, returned))
    current = Side.of(now) if now is not None else before
    changes = [
        *_carried(before, after, current),
        *_field_changes(before, after, current, partial=partial),
        *([] if partial else moves(before, after, current)),
        *additions(before, after, current, partial=partial),
    ]
    if any(x.key == "dnr" for x in changes):
        # The file says that it belongs to another case: every change is to be thought over.
        return [replace(x, ticked=False) for x in changes]
    return changes


def shown_in(reading: Reading) -> Callable[[dict[str, Any]], str]:
    """How a stored change's field reads in a document: what its ``now`` was taken from."""
    side = Side.of(reading)
    carriers = _carriers(reading)

    def now(change: dict[str, Any]) -> str:
        if change["kind"] == "carried":
            return carriers.get((change["places"][0], change["key"]), "")
        return side.shown((change["key"], change["item"]))

    return now


def remarks_of(sent: Reading, returned: Reading) -> list[Remark]:
    """What the returned file holds beside text, save what was sent out with it."""

    def name(x: Remark) -> tuple[str, str, str, str]:
        return x.kind, x.key, x.item, x.text

    known = Counter(name(x) for x in sent.remarks)
    found: list[Remark] = []
    for remark in returned.remarks:
        if known[name(remark)]:
            known[name(remark)] -= 1
        elif found and name(found[-1])[:3] == name(remark)[:3]:
            # Programs cut one change into many pieces.
            found[-1] = replace(found[-1], text=f"{found[-1].text} … {remark.text}"[:_LONGEST])
        else:
            found.append(remark)
    return found


def _field_changes(before: Side, after: Side, current: Side, *, partial: bool) -> Iterator[Change]:
    lossy = {(x.key, x.item) for x in remarks_of(before.reading, after.reading) if _loses(x)}
    # Running text may have been written under a heading that had none when it was sent.
    places = list(before.fields) + [x for x in after.fields if x not in before.fields]
    for place in places:
        key, item = place
        old, new, live = before.shown(place), after.shown(place), current.shown(place)
        if new in (old, live) or key not in LABELS:
            continue
        if key not in READING.rich and any(_only_lines_lost(x, new) for x in (old, live)):
            continue
        kind = "changed" if new else "removed"
        if partial and place not in after.fields:
            continue
        may = key in (CHANGEABLE if new else REMOVABLE)
        may = may and (place in current.fields or key == "section.body")
        swallowed = partial and ("consultation.text", item) in before.fields
        conflict = live != old
        yield Change(
            kind,
            key,
            item,
            LABELS[key],
            _where(before, key, item),
            old,
            new,
            is_html=key in READING.rich,
            applicable=may and not swallowed,
            ticked=may and bool(new) and not conflict and not swallowed and place not in lossy,
            conflict=conflict,
            now=live,
        )


def _only_lines_lost(text: str, new: str) -> bool:
    """Whether a program joined the lines of a plain field and changed nothing else."""
    return "\n" in text and new in (text.replace("\n", ""), text.replace("\n", " "))


def _loses(remark: Remark) -> bool:
    return remark.kind in LOSSES


def _carried(before: Side, after: Side, current: Side) -> Iterator[Change]:
    """What is told beside the body; one difference for all places that say the same."""
    there, here, live = (_carriers(x.reading) for x in (after, before, current))
    found: dict[tuple[str, str], list[str]] = {}
    for (where, key), old in here.items():
        new = there.get((where, key))
        if new is None:
            if not where.startswith("header"):
                continue  # programs drop what they do not know; nobody sees it
            new = ""
        said = _plain(after.shown((key, "")))
        if new == old or (new and new in (said, live.get((where, key), old))):
            continue
        found.setdefault((key, new), []).append(where)
    for (key, new), places in found.items():
        old, now = here[places[0], key], live.get((places[0], key), "")
        may = key in CARRIED and (key, "") not in before.fields and bool(new or key == "department")
        yield Change(
            "carried",
            key,
            "",
            LABELS.get(key, ""),
            "",
            old,
            new,
            applicable=may,
            ticked=may and bool(new) and now == old,
            conflict=may and now != old,
            now=now,
            places=tuple(places),
        )


def _carriers(reading: Reading) -> dict[Place, str]:
    known = {*LABELS, SURROUNDINGS}
    return {(x.where, x.key): _plain(x.text) for x in reading.carriers if x.key in known}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _where(side: Side, key: str, item: str) -> str:
    if key == "decision.text":
        return side.shown(("decision.lead", side.groups.get(item, "")))
    if key.startswith("section.") and key != "section.heading":
        return side.shown(("section.heading", item))
    return ""
