# SPDX-License-Identifier: EUPL-1.2
"""What is compared of a document that was sent out and has come back, and what a difference is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from docgen.engine.reader import Found, Reading

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
class Side:
    """One of the three documents that are compared."""

    reading: Reading
    fields: dict[Place, Found]
    groups: dict[str, str]
    order: dict[tuple[str, str], list[str]]

    @classmethod
    def of(cls, reading: Reading) -> Side:
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
