# SPDX-License-Identifier: EUPL-1.2
"""Rows that came, or changed places, in a document that has come back."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from docgen.engine.reader import Found, Loose, Reading
from docgen.layout import LABELS, READING
from docgen.sides import Change, Place, Side

# Which rows the lines below a field become.
ADDABLE = {
    "decision.lead": "decision.text",
    "decision.text": "decision.text",
    "attachments.heading": "attachment.text",
    "attachment.text": "attachment.text",
}


def recovered(sent: Reading, returned: Reading) -> Reading:
    """The reading with the fields whose control is gone while their line stands unchanged."""
    found = {(x.key, x.item) for x in returned.fields}
    lost: dict[str, list[Found]] = {}
    for field in sent.fields:
        if (field.key, field.item) not in found and field.key not in READING.rich:
            lost.setdefault(field.text.strip(), []).append(field)
    fields, loose = list(returned.fields), []
    behind: dict[Place, Found] = {}
    for line in returned.loose:
        anchor = (line.after_key, line.after_item)
        last = behind.get(anchor)
        waiting = [] if line.beside else lost.get(line.text.strip(), [])
        if not waiting:
            moved = replace(line, after_key=last.key, after_item=last.item) if last else line
            loose.append(moved)
            continue
        places = [n for n, x in enumerate(fields) if x == last or (x.key, x.item) == anchor]
        behind[anchor] = waiting.pop(0)
        fields.insert(places[-1] + 1 if places else 0, behind[anchor])
    return replace(returned, fields=fields, loose=loose)


def moves(before: Side, after: Side, current: Side) -> Iterator[Change]:
    """Rows that stand elsewhere among their own, or with another body."""
    for (key, group), rows in after.order.items():
        known = {item for (name, item) in before.fields if name == key}
        rows = [x for x in rows if x in known]
        old_group = {x: before.groups.get(x, "") if key == "decision.text" else "" for x in rows}
        # Where a body's line is gone its points only seem to stand under the one before it.
        stayed = [
            x
            for x in rows
            if old_group[x] == group or ("decision.lead", old_group[x]) not in after.fields
        ]
        sent_order = before.order.get((key, group), [])
        fixed = _longest_rising([sent_order.index(x) for x in stayed if x in sent_order])
        for place, item in enumerate(rows):
            if item in stayed and (item not in sent_order or sent_order.index(item) in fixed):
                continue
            anchor = rows[place - 1] if place else ""
            if (key, item) not in current.fields or current.before(key, item, known) == (
                group,
                anchor,
            ):
                continue
            yield Change(
                "moved",
                key,
                item,
                LABELS[key],
                after.shown(("decision.lead", group)) if group else "",
                before.shown((key, item)),
                after.shown((key, anchor)) if anchor else "",
                applicable=True,
                ticked=True,
                now=current.shown((key, item)),
                anchor=anchor,
                group=group,
            )


def _longest_rising(numbers: list[int]) -> set[int]:
    """A longest subsequence that rises: the rows that may be said to stand still."""
    tails: list[int] = []
    chains: list[tuple[int, ...]] = []
    for number in numbers:
        place = bisect_left(tails, number)
        chain = (*(chains[place - 1] if place else ()), number)
        tails[place : place + 1] = [number]
        chains[place : place + 1] = [chain]
    return set(chains[-1]) if chains else set()


def additions(before: Side, after: Side, current: Side, *, partial: bool) -> Iterator[Change]:
    """Lines that have been typed, and fields that have been copied with their control."""
    # Rows that have come since: what was taken over from the same file is no news.
    came = Counter(
        (key, field.text.strip())
        for (key, item), field in current.fields.items()
        if (key, item) not in before.fields
    )
    known = Counter((x.text, x.beside) for x in before.reading.loose)
    # In a partial reading the lines of lost fields stand loose, labels and all.
    lost = {x.text.strip() for x in before.reading.fields if x.text.strip()} if partial else set()
    for change in (*_copies(after), *_loose(after, known)):
        if any(text in change.after for text in lost):
            continue
        place = (change.key, change.after.strip())
        if came[place]:
            came[place] -= 1
            continue
        yield change


def _copies(after: Side) -> Iterator[Change]:
    """Fields that stand there twice: copied in Word together with their control."""
    texts = {(x.key, x.item, x.copy): x.html or x.text for x in after.reading.fields}
    last: dict[str, str] = {}
    group = ""
    for field in after.reading.fields:
        key = field.key
        if key == "decision.lead":
            group, last["decision.text"] = field.item, ""
        if not field.copy:
            last[key] = field.item
            continue
        may = key in ADDABLE.values()
        opened = READING.opens.get(key, "")
        body = texts.get((opened, field.item, field.copy), "")
        if key not in LABELS or key in READING.rich or not (field.text.strip() or body):
            continue
        yield Change(
            "added" if may else "unplaced",
            key if may else "",
            "",
            LABELS[key],
            "",
            "",
            field.text.strip() + (f"\n{body}" if body else ""),
            applicable=may,
            ticked=may,
            anchor=last.get(key, "") if may else "",
            group=group if key == "decision.text" else "",
        )


def _loose(after: Side, known: Counter[tuple[str, bool]]) -> Iterator[Change]:
    for loose in after.reading.loose:
        if known[loose.text, loose.beside]:
            known[loose.text, loose.beside] -= 1
            continue
        yield _new_line(after, loose)


def _new_line(after: Side, loose: Loose) -> Change:
    key = "" if loose.beside else ADDABLE.get(loose.after_key, "")
    same = key == loose.after_key
    group = ""
    if key == "decision.text":
        group = after.groups.get(loose.after_item, "") if same else loose.after_item
    return Change(
        "added" if key else "unplaced",
        key,
        "",
        LABELS.get(loose.after_key, ""),
        after.shown(("decision.lead", group)) if group else "",
        "",
        loose.text,
        applicable=bool(key),
        # What looks otherwise than its neighbours is more likely pasted text than a new row.
        ticked=bool(key) and loose.style == after.reading.styles.get(key),
        anchor=loose.after_item if same else "",
        group=group,
    )
