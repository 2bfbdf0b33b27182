# SPDX-License-Identifier: EUPL-1.2
"""The order of hits: one formula for every engine.

An engine recalls some hundred candidates; this module orders them by a field-weighted BM25F over
stems, joined by word pairs, character 5-grams of stems and exact numbers, and then by what the
query seems to ask for and when its best answers were written. Stock engines score each field by
itself, which is measurably worse, and would disagree with each other.

Candidates carry their analysed text as strings of space-parted stems, so that a term's frequency
is a `str.count`: some two hundred documents take a few milliseconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search.backends.base import Recalled
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
    #: Shares of the best score, added for the kind of document and for closeness in time.
    law: float = 0.3
    source: float = 0.35
    time: float = 0.2
    time_days: float = 120.0


#: The documents in which matters are investigated and proposed: what prose refers to.
SOURCE_TYPES = frozenset({"proposition", "SOU", "Ds/PM", "Utlåtande"})
LAW_TYPES = frozenset({"proposition"})
LONG_QUERY = 10
_LAW = re.compile(r"^\W*(?:lag|förordning)\b|lag$|\blag (?:om|med|\()", re.IGNORECASE)
_SEEDS = 3


class Scorer:
    """Scores candidates for one query."""

    def __init__(
        self, query: ParsedQuery, lexicon: Lexicon, weights: Weights | None = None
    ) -> None:
        self.query = query
        self.lexicon = lexicon
        self.w = weights or Weights()
        self.terms: list[tuple[float, list[tuple[str, float]]]] = []
        self.grams: list[tuple[float, list[str], list[str]]] = []
        for term in query.scored:
            likely = [spelling for spelling in term.spellings if spelling.weight > 0.55]
            weight = term.importance * max(lexicon.weight(s.stem) for s in likely)
            self.terms.append((weight, [(f" {s.stem} ", s.weight) for s in term.spellings]))
            root = likely[-1].stem if len(likely) == 2 else term.stem
            if pieces := grams(root, GRAM):
                self.grams.append((weight / len(pieces), pieces, grams(root, TITLE_GRAM)))
        self.pairs = [
            (
                (self.terms[i][0] + self.terms[i + 1][0]) / 2,
                f" {query.terms[i].stem} {query.terms[i + 1].stem} ",
            )
            for i in range(len(query.terms) - 1)
        ]

    def score(self, candidate: Recalled) -> float:
        """Return the score of a candidate; higher is better."""
        w = self.w
        title, body = f" {candidate.title} ", f" {candidate.body} "
        title_length = title.count(" ") / self.lexicon.average_title
        body_length = body.count(" ") / self.lexicon.average_body
        in_title = w.title / (1 - w.title_b + w.title_b * title_length)
        in_body = w.body / (1 - w.body_b + w.body_b * body_length)

        def saturated(needle: str) -> float:
            frequency = title.count(needle) * in_title + body.count(needle) * in_body
            return frequency * (w.k1 + 1) / (frequency + w.k1) if frequency else 0.0

        total = 0.0
        for weight, spellings in self.terms:
            frequency = sum(
                trust * (title.count(needle) * in_title + body.count(needle) * in_body)
                for needle, trust in spellings
            )
            total += weight * frequency * (w.k1 + 1) / (frequency + w.k1)
        total += w.pairs * sum(weight * saturated(needle) for weight, needle in self.pairs)
        for weight, pieces, small in self.grams:
            total += w.grams * weight * sum(map(saturated, pieces))
            share = sum(1 for piece in small if piece in title) / len(small)
            total += w.title_grams * weight * len(pieces) * share
        return total + self._by_number(candidate)

    def _by_number(self, candidate: Recalled) -> float:
        """Return what the numbers in the query add: its own number, or one that it cites."""
        total = 0.0
        for key in self.query.keys:
            if key.text in candidate.keys:
                total += self.w.loose_key if key.loose else self.w.exact_key
            elif key.text in candidate.cited:
                total += self.w.cited_key
        return total


def rank(
    query: ParsedQuery,
    candidates: Sequence[Recalled],
    lexicon: Lexicon,
    weights: Weights | None = None,
) -> list[tuple[float, Recalled]]:
    """Return the candidates with their scores, best first; ties keep the engine's order."""
    scorer = Scorer(query, lexicon, weights)
    scored = [(scorer.score(candidate), candidate) for candidate in candidates]
    scored.sort(key=lambda pair: -pair[0])
    if not scored or query.keys or not query.text:
        return scored
    top = scored[0][0]
    liked, share = _liked_types(query, scorer.w)
    if liked:
        scored = [(s + share * top * (c.type in liked), c) for s, c in scored]
        scored.sort(key=lambda pair: -pair[0])
    scored = _nearer_in_time(scored, top * scorer.w.time, scorer.w.time_days)
    scored.sort(key=lambda pair: -pair[0])
    return scored


def _liked_types(query: ParsedQuery, weights: Weights) -> tuple[frozenset[str], float]:
    """Return the kinds of document that a query of this form asks for.

    Who types the name of a law wants the bill that made it; who pastes a sentence wants the
    inquiry or proposal that it speaks about.
    """
    words = query.text.split()
    if len(words) < 2 * LONG_QUERY and _LAW.search(query.text):
        return LAW_TYPES, weights.law
    if len(words) >= LONG_QUERY:
        return SOURCE_TYPES, weights.source
    return frozenset(), 0.0


def _nearer_in_time(
    scored: list[tuple[float, Recalled]], weight: float, days: float
) -> list[tuple[float, Recalled]]:
    """Add to documents that were written when the best ones were: matters come in bursts."""
    seeds = [(score, day) for score, c in scored[:_SEEDS] if score > 0 and (day := _day(c.date))]
    total = sum(score for score, _ in seeds)
    if not total or not weight:
        return scored

    def nearness(text: str) -> float:
        day = _day(text)
        if day is None:
            return 0.0
        return sum(s * math.exp(-abs(day - seed) / days) for s, seed in seeds) / total

    return [(score + weight * nearness(c.date), c) for score, c in scored]


def _day(text: str) -> int | None:
    """Return the day number of a date that may lack day or month; its middle stands for it."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return None
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, *(6, 15)[len(parts) - 1 :])
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None
