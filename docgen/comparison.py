# SPDX-License-Identifier: EUPL-1.2
"""The differences between what was sent out and what came back, and which may be taken over."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from docgen.engine.carriers import SURROUNDINGS
from docgen.engine.reader import Found, Loose, Reading
from docgen.engine.remarks import LOSSES, Remark
from docgen.layout import LABELS, READING

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
# Rows that disappear with their field, and rows that new lines below a field become.
REMOVABLE = frozenset(
    {"decision.text", "attachment.text", "section.heading", "section.body", "kind_line",
     "officer.phone", "officer.email", "signatory.title"}
)  # fmt: skip
ADDABLE = {
    "decision.lead": "decision.text",
    "decision.text": "decision.text",
    "attachments.heading": "attachment.text",
    "attachment.text": "attachment.text",
}
# The field that stands for its row where rows change places.
MOVABLE = (
    "officer.name",
    "recipient.name",
    "decision.lead",
    "decision.text",
    "signatory.name",
    "section.heading",
    "attachment.text",
)

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``kind``: changed, removed, added or moved (to behind ``anchor`` in ``group``), unplaced, or
    carried (changed in ``places`` beside the body). ``now`` is what the report says today.
    """

    kind: str
    key: str
    item: str
    label: str
    where: str
    before: str
    after: str
    is_html: bool = False
    applicable: bool = False
    ticked: bool = False
    conflict: bool = False
    now: str = ""
    anchor: str = ""
    group: str = ""
    places: tuple[str, ...] = ()
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {**asdict(self), "places": list(self.places)}


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the three documents that are compared."""

    reading: Reading
    fields: dict[Place, Found]
    groups: dict[str, str]
    order: dict[tuple[str, str], list[str]]

    @classmethod
    def of(cls, reading: Reading) -> _Side:
        """The first field of each name; the group of each point; the rows of each list."""
        fields: dict[Place, Found] = {}
        groups: dict[str, str] = {}
        order: dict[tuple[str, str], list[str]] = {}
        group = ""
        for field in reading.fields:
            if field.copy:
                continue
            fields.setdefault((field.key, field.item), field)
            if field.key == "decision.lead":
                group = field.item
            if field.key == "decision.text":
                groups.setdefault(field.item, group)
            if field.key in MOVABLE and field.item:
                inside = group if field.key == "decision.text" else ""
                order.setdefault((field.key, inside), []).append(field.item)
        return cls(reading, fields, groups, order)

    def shown(self, place: Place) -> str:
        """What stands in a field."""
        field = self.fields.get(place)
        return "" if field is None else field.html or field.text.strip()

    def before(self, key: str, item: str, known: set[str]) -> Place:
        """Group of a row, and the row before it among those that are known."""
        group = self.groups.get(item, "") if key == "decision.text" else ""
        rows = [x for x in self.order.get((key, group), []) if x in known or x == item]
        place = rows.index(item) if item in rows else 0
        return group, rows[place - 1] if place else ""


def compare(
    sent: Reading, returned: Reading, now: Reading | None = None, *, partial: bool = False
) -> list[Change]:
    """The changes between what was sent and what came back, in the order of the document.

    What the report says already is no change, so that a file may be handed in twice. In a
    ``partial`` reading not every field was found, and nothing counts as removed or moved.
    """
    before, after = _Side.of(sent), _Side.of(_recovered(sent, returned))
    current = _Side.of(now) if now is not None else before
    changes = [
        *_carried(before, after, current),
        *_field_changes(before, after, current, partial=partial),
        *([] if partial else _moves(before, after, current)),
        *_additions(before, after, current, partial=partial),
    ]
    if any(x.key == "dnr" for x in changes):
        # The file says that it belongs to another case: every change is to be thought over.
        return [replace(x, ticked=False) for x in changes]
    return changes


def shown_in(reading: Reading) -> Callable[[dict[str, Any]], str]:
    """How a stored change's field reads in a document: what its ``now`` was taken from."""
    side = _Side.of(reading)
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
    found = []
    for remark in returned.remarks:
        if known[name(remark)]:
            known[name(remark)] -= 1
        else:
            found.append(remark)
    return found


def _recovered(sent: Reading, returned: Reading) -> Reading:
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


def _field_changes(
    before: _Side, after: _Side, current: _Side, *, partial: bool
) -> Iterator[Change]:
    lossy = {(x.key, x.item) for x in remarks_of(before.reading, after.reading) if _loses(x)}
    # Running text may have been written under a heading that had none when it was sent.
    places = list(before.fields) + [x for x in after.fields if x not in before.fields]
    for place in places:
        key, item = place
        old, new, live = before.shown(place), after.shown(place), current.shown(place)
        if new in (old, live) or key not in LABELS:
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


def _loses(remark: Remark) -> bool:
    return remark.kind in LOSSES


def _moves(before: _Side, after: _Side, current: _Side) -> Iterator[Change]:
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


def _additions(before: _Side, after: _Side, current: _Side, *, partial: bool) -> Iterator[Change]:
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


def _copies(after: _Side) -> Iterator[Change]:
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


def _loose(after: _Side, known: Counter[tuple[str, bool]]) -> Iterator[Change]:
    for loose in after.reading.loose:
        if known[loose.text, loose.beside]:
            known[loose.text, loose.beside] -= 1
            continue
        yield _new_line(after, loose)


def _new_line(after: _Side, loose: Loose) -> Change:
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


def _carried(before: _Side, after: _Side, current: _Side) -> Iterator[Change]:
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


def _where(side: _Side, key: str, item: str) -> str:
    if key == "decision.text":
        return side.shown(("decision.lead", side.groups.get(item, "")))
    if key.startswith("section.") and key != "section.heading":
        return side.shown(("section.heading", item))
    return ""
