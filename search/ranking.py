# SPDX-License-Identifier: EUPL-1.2
"""The order of hits: one formula for every engine.

An engine recalls some hundred candidates; this module orders them by a field-weighted BM25F over
stems, joined by word pairs, character 5-grams of stems and exact numbers. Stock engines score
each field by itself, which is measurably worse, and would disagree with each other.

Candidates carry their analysed text as strings of space-parted stems, so that a term's frequency
is a `str.count`: some two hundred documents take a few milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.text.analysis import GRAM, TITLE_GRAM, grams
from search.text.lexicon import Lexicon
from search.text.query import ParsedQuery


@dataclass(frozen=True, slots=True)
class Weights:
    """The constants of the formula. Tuned on one half of the queries, judged by the other."""

    title: float = 7.0
    body: float = 1.0
    title_b: float = 0.95
    body_b: float = 0.5
    k1: float = 2.0
    pairs: float = 0.5
    grams: float = 0.5
    title_grams: float = 0.2
    exact_key: float = 400.0
    loose_key: float = 200.0
    cited_key: float = 60.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the ranking needs to know of a document."""

    id: str
    title: str
    body: str
    keys: frozenset[str]
    cited: frozenset[str]
    type: str = ""
    date: str = ""


class Scorer:
    """Scores candidates for one query."""

    def __init__(
        self, query: ParsedQuery, lexicon: Lexicon, weights: Weights | None = None
    ) -> None:
        self.query = query
        self.lexicon = lexicon
        self.w = weights or Weights()
        self.terms = [
            (
                term.importance
                * max(lexicon.weight(s.stem) for s in term.spellings if s.weight > 0.55),
                [(f" {s.stem} ", s.weight) for s in term.spellings],
            )
            for term in query.terms
        ]
        self.pairs = self._pairs()
        self.grams = [
            (
                weight / len(pieces),
                pieces,
                grams(stem, TITLE_GRAM),
            )
            for (weight, spellings) in self.terms
            for stem in [
                spellings[-1][0].strip() if len(spellings) == 2 else spellings[0][0].strip()
            ]
            if (pieces := grams(stem, GRAM))
        ]

    def _pairs(self) -> list[tuple[float, str]]:
        """Return the neighbouring stems of the query, as strings, with their weight."""
        stems = [term.spellings[0].stem for term in self.query.terms]
        weights = [weight for weight, _ in self.terms]
        return [
            ((weights[i] + weights[i + 1]) / 2, f" {stems[i]} {stems[i + 1]} ")
            for i in range(len(stems) - 1)
        ]

    def score(self, candidate: Candidate) -> float:
        """Return the score of a candidate; higher is better."""
        w = self.w
        title, body = f" {candidate.title} ", f" {candidate.body} "
        title_norm = 1 - w.title_b + w.title_b * title.count(" ") / self.lexicon.average_title
        body_norm = 1 - w.body_b + w.body_b * body.count(" ") / self.lexicon.average_body
        in_title, in_body = w.title / title_norm, w.body / body_norm
        total = 0.0
        for weight, spellings in self.terms:
            frequency = 0.0
            for needle, trust in spellings:
                frequency += trust * (title.count(needle) * in_title + body.count(needle) * in_body)
            if frequency:
                total += weight * frequency * (w.k1 + 1) / (frequency + w.k1)
        if w.pairs:
            for weight, needle in self.pairs:
                frequency = title.count(needle) * in_title + body.count(needle) * in_body
                if frequency:
                    total += w.pairs * weight * frequency * (w.k1 + 1) / (frequency + w.k1)
        if w.grams:
            for weight, pieces, small in self.grams:
                frequency_sum = 0.0
                for piece in pieces:
                    frequency = title.count(piece) * in_title + body.count(piece) * in_body
                    if frequency:
                        frequency_sum += frequency * (w.k1 + 1) / (frequency + w.k1)
                total += w.grams * weight * frequency_sum
                if w.title_grams and small:
                    share = sum(1 for piece in small if piece in title) / len(small)
                    total += w.title_grams * weight * len(pieces) * share
        for key in self.query.keys:
            if key.text in candidate.keys:
                total += w.loose_key if key.loose else w.exact_key
            elif key.text in candidate.cited:
                total += w.cited_key
        return total
