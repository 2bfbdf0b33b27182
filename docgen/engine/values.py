# SPDX-License-Identifier: EUPL-1.2
"""What a template is filled with: a tree of values under field keys, and the keys it may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from docgen.engine.richtext import Block


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text. ``style`` names a paragraph style that replaces the template's."""

    value: str
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Rich:
    """Paragraphs, lists and sub-headings; ``level`` is the heading that they stand under."""

    blocks: tuple[Block, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the template that is there with its content or not at all."""

    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Item:
    """One turn of a repeat; ``id`` is stable over revisions and ends up in the controls."""

    id: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part of the template that is written once for each item."""

    items: tuple[Item, ...]


Value = Text | Rich | Group | Repeat | None
Kind = Literal["text", "rich", "group", "repeat"]


@dataclass(frozen=True, slots=True)
class Field:
    """A key that templates may use, for checking them before they are used."""

    key: str
    kind: Kind
    label: str
    required: bool = False
    children: tuple[Field, ...] = field(default=())
    #: Where it must stand: "body", "first" page's header or footer, "following" pages'.
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says about itself: Word's properties and where the content came from."""

    title: str
    creator: str
    created: datetime
    modified: datetime
    identifier: str = ""
    category: str = ""
    language: str = "sv-SE"
    provenance: Mapping[str, str] = field(default_factory=dict)
