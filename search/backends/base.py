# SPDX-License-Identifier: EUPL-1.2
"""What the product asks of a search engine, and nothing more.

An engine **recalls**: it keeps analysed documents, filters them and hands over the best few
hundred by its own rough score. The **order**, the snippets and the reasons are made by the product
(:mod:`search.engine`), the same for every engine.

Access is part of the protocol. Every document carries ``tokens`` and every request carries the
searcher's; a document whose tokens do not meet the searcher's does not exist for that request: not
as a hit, not in the total, not in a facet count. A document without tokens is a tombstone.

Versions are external: the change number of the object in the database. A write whose version is
not higher than what the index holds is a conflict and changes nothing, deletes included: a delete
leaves a tombstone behind, so that an older write which arrives late cannot bring anything back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from search.text.analysis import Analysis, analyse, grams
from search.text.query import ParsedQuery

FACETS = ("year", "type", "area", "outcome")
"""The fields that results are counted and filtered by."""

FACET_SIZE = 60
MAX_WINDOW = 10_000
"""How deep into a result anybody may page."""

# Rough weights of the recall; the order that people see is made in search.ranking.
TITLE_BOOST, PART_BOOST, GRAM_BOOST = 2.0, 0.3, 0.2
KEY_SCORE, LOOSE_SCORE, CITED_SCORE = 150.0, 60.0, 20.0


class SearchUnavailable(Exception):
    """The engine cannot be reached, or has no index yet. The desk goes on and says so."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found, in the face that its index may show."""

    id: str
    version: int
    tokens: frozenset[str]
    title: str
    body: str = ""
    #: The number as people see it, and every number under which it is found.
    dnr: str = ""
    numbers: tuple[str, ...] = ()
    party: str = ""
    url: str = ""
    date: str = ""
    year: str = ""
    type: str = ""
    area: str = ""
    outcome: str = ""
    #: Holders of these tokens are shown another face of the same thing, and not this one.
    hidden_from: frozenset[str] = frozenset()

    def source(self) -> dict[str, str]:
        """Return what is stored to be shown."""
        return {name: getattr(self, name) for name in SHOWN}


SHOWN = ("title", "body", "dnr", "party", "url", "date", "year", "type", "area", "outcome")


@dataclass(frozen=True, slots=True)
class Write:
    """A change to an index: a document, or its removal."""

    id: str
    version: int
    document: Document | None = None
    analysis: Analysis | None = None

    @classmethod
    def upsert(cls, document: Document) -> Write:
        """Analyse a document and return the write that stores it."""
        text = " ".join(filter(None, (document.body, document.party)))
        analysis = analyse(document.title, text, (*document.numbers, document.dnr))
        return cls(document.id, document.version, document, analysis)

    @classmethod
    def delete(cls, document_id: str, version: int) -> Write:
        """Return the write that removes a document and remembers when."""
        return cls(document_id, version)

    def grams(self) -> str:
        """Return the distinct character grams of the stems, which recall parts and slips."""
        if self.analysis is None:
            return ""
        tokens = {*self.analysis.title.split(), *self.analysis.body.split()}
        return " ".join(sorted({gram for token in tokens for gram in grams(token)}))


class Outcome(StrEnum):
    """What became of one write."""

    OK = "ok"
    CONFLICT = "conflict"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What became of one write, and why it failed if it did."""

    id: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, and what they narrowed the search to."""

    tokens: frozenset[str]
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    exclude: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse filters that no index has."""
        if unknown := set(self.filters) - set(FACETS):
            raise ValueError(f"unknown filters: {sorted(unknown)}")

    def chosen(self) -> dict[str, list[str]]:
        """Return the filters that are in use."""
        return {name: list(values) for name, values in self.filters.items() if values}


@dataclass(frozen=True, slots=True)
class Recalled:
    """A document that an engine recalled, as the ranking reads it."""

    id: str
    score: float
    title: str
    body: str
    keys: frozenset[str]
    cited: frozenset[str]
    type: str
    date: str


@dataclass(frozen=True, slots=True)
class Recall:
    """The engine's answer: how many match, how they spread, and the best of them."""

    total: int
    hits: list[Recalled]
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored document: what is shown, and its analysed text."""

    id: str
    version: int
    source: dict[str, str]
    title: str
    body: str
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers, and what it says of itself."""

    reachable: bool
    engine: str
    detail: str = ""
    documents: Mapping[str, int] = field(default_factory=dict)


def required_words(count: int) -> int:
    """Return how many of a query's significant words a document must hold to be a match.

    One word of a long sentence is no match; to ask for most of them would lose the document that
    a pasted sentence speaks about.
    """
    return 1 if count <= 2 else 2


class SearchBackend(Protocol):
    """An engine. Index names ("internal", "public") are only names to it."""

    name: str
    #: Whether it answers over a network, and so may keep a page waiting.
    remote: bool

    def exists(self, index: str) -> bool:
        """Whether there is an index, empty or not."""
        ...

    def ensure(self, index: str) -> None:
        """Create the index if it does not exist."""
        ...

    def bulk(
        self, index: str, writes: Iterable[Write], target: str | None = None
    ) -> list[ItemResult]:
        """Apply writes; *target* is a generation under construction (see :meth:`create`).

        Every write has a result of its own; one that fails does not stop the others.
        """
        ...

    def refresh(self, index: str, target: str | None = None) -> None:
        """Make finished writes visible to searches at once."""
        ...

    def recall(
        self, index: str, query: ParsedQuery, scope: Scope, limit: int, *, facets: bool = True
    ) -> Recall:
        """Return the best *limit* documents; an empty query matches everything in scope."""
        ...

    def fetch(
        self, index: str, ids: Sequence[str], tokens: frozenset[str] | None
    ) -> dict[str, Stored]:
        """Return stored documents by id; ``tokens=None`` is for the indexer only."""
        ...

    def versions(self, index: str, target: str | None = None) -> Iterator[tuple[str, int]]:
        """Yield (id, version) of every document, tombstones left out."""
        ...

    def create(self, index: str) -> str:
        """Create an empty new generation of an index, unseen by searches; return its name."""
        ...

    def swap(self, index: str, target: str) -> None:
        """Let searches see *target* from now on, in one step, and drop the generation before."""
        ...

    def discard(self, index: str, target: str) -> None:
        """Drop a generation that was given up."""
        ...

    def read_state(self, index: str, known: str | None = None) -> tuple[str, bytes] | None:
        """Return (stamp, bytes) that :meth:`write_state` kept; None if absent or still *known*."""
        ...

    def write_state(self, index: str, data: bytes) -> None:
        """Keep bytes beside an index, for every process to read: the lexicon."""
        ...

    def health(self) -> Health:
        """Say whether the engine answers; never raises."""
        ...

    def size(self, index: str) -> int:
        """Return the bytes that the index takes on disk."""
        ...


def stored_fields(write: Write) -> dict[str, Any]:
    """Return the fields of a write that every engine keeps, tombstones included."""
    document, analysis = write.document, write.analysis
    if document is None or analysis is None:
        return {"id": write.id, "version": write.version, "deleted": True, "tokens": []}
    return {
        "id": write.id,
        "version": write.version,
        "deleted": False,
        "tokens": sorted(document.tokens),
        "hidden_from": sorted(document.hidden_from),
        "year": document.year,
        "type": document.type,
        "area": document.area,
        "outcome": document.outcome,
        "date": document.date,
        "day": int(document.date.replace("-", "").ljust(8, "0")) if document.date else 0,
        "title_stems": analysis.title,
        "body_stems": analysis.body,
        "parts": analysis.parts,
        "grams": write.grams(),
        "keys": list(analysis.keys),
        "cited": list(analysis.cited),
    }
