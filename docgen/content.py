# SPDX-License-Identifier: EUPL-1.2
"""What a tjänsteutlåtande says, as plain frozen data.

No Django here: the content is built from a revision, can be written as JSON and read again, and is
all that the rendering sees. Every part that a person can change carries a stable id, which ends
up in the document's content controls and makes it possible to read the document back.
"""

from __future__ import annotations

import dataclasses
import types
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Officer:
    """A handläggare, with how to reach them."""

    id: str
    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A board that the report goes to, and when it meets."""

    id: str
    name: str
    meeting_date: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """One numbered point of a proposal."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class DecisionGroup:
    """The points that one body decides; numbering starts at one in each group (R61)."""

    id: str
    body: str
    points: tuple[DecisionPoint, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signs, with title."""

    id: str
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its text. ``key`` names standard sections ("preparation")."""

    id: str
    heading: str
    html: str = ""
    level: int = 1
    key: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A line under Bilagor."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Consultee:
    """An instance that was asked, and how it answered."""

    id: str
    name: str
    status: str
    answered: date | None = None


@dataclass(frozen=True, slots=True)
class Consultation:
    """The remiss, or the stated reason why none was held (R65)."""

    held: bool
    reason: str = ""
    deadline: date | None = None
    consultees: tuple[Consultee, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A connected case (R67): its number, its title and how it is connected."""

    id: str
    dnr: str
    title: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Dissenter:
    """A person who dissents, with party letter as it stood in the document."""

    name: str
    party: str = ""


@dataclass(frozen=True, slots=True)
class Dissent:
    """A reservation or a special statement with its own proposal (R70); ``kind`` is its code."""

    id: str
    kind: str
    body: str
    persons: tuple[Dissenter, ...]
    proposal: tuple[DecisionPoint, ...] = ()
    html: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Headings:
    """The fixed parts' headings: data, not code (a city may word them otherwise)."""

    document_type: str = "Tjänsteutlåtande"
    decision: str = "Förslag till beslut"
    links: str = "Anknytande ärenden"
    dissents: str = "Reservationer och särskilda uttalanden"
    attachments: str = "Bilagor"


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole tjänsteutlåtande."""

    title: str
    dnr: tuple[str, ...]
    administration: str
    date: date | None
    department: str = ""
    kind_line: str = ""
    officers: tuple[Officer, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    decisions: tuple[DecisionGroup, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    sections: tuple[Section, ...] = ()
    consultation: Consultation | None = None
    links: tuple[CaseLink, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    headings: Headings = Headings()


def to_json(content: Any) -> Any:
    """Plain JSON data of any content object; dates as ISO strings."""
    if dataclasses.is_dataclass(content) and not isinstance(content, type):
        return {
            field.name: to_json(getattr(content, field.name))
            for field in dataclasses.fields(content)
        }
    if isinstance(content, tuple | list):
        return [to_json(item) for item in content]
    if isinstance(content, date):
        return content.isoformat()
    return content


def from_json(kind: type[Content], data: Any) -> Content:
    """The content object again; unknown keys are an error, so that misspellings show."""
    result: Content = _read(kind, data)
    return result


def _read(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        return _read(next(x for x in get_args(kind) if x is not type(None)), data)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in data)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        unknown = set(data) - set(hints)
        if unknown:
            raise ValueError(f"{kind}: okända nycklar {', '.join(sorted(unknown))}")
        return kind(**{name: _read(hints[name], value) for name, value in data.items()})
    if kind is date:
        return date.fromisoformat(data)
    return data
