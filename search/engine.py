# SPDX-License-Identifier: EUPL-1.2
"""Search over an engine: read the query, recall, order, cut the page, mark the hits."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from django.utils.safestring import mark_safe

from search.backends.base import (
    FACETS,
    MAX_WINDOW,
    Recalled,
    Scope,
    SearchBackend,
    Stored,
)
from search.patience import Patience
from search.ranking import rank
from search.results import PAGE_SIZE, FacetValue, Hit, SearchResult
from search.snippets import Marker, highlight, snippet
from search.text.analysis import analyse
from search.text.lexicon import Lexicon
from search.text.query import ParsedQuery, Spelling, Term, Why, parse

#: How many candidates are ordered by the product's own formula; further ones keep the engine's.
WINDOW = 200
LEXICON_SECONDS = 10.0
SIMILAR_TERMS = 16
#: Of the weight of the words that tell a document from others, so much stands in one like it.
LIKE_SHARE = 0.3
#: One word alone likens nothing ("school" stands in everything about schools), unless it carries so
#: much of the weight, and stands in both titles, that it is what the matter is about.
LIKE_WORDS = 2
LIKE_WORD_SHARE = 0.45


class SearchEngine:
    """One engine with its lexicons. Cheap to keep for the life of a process."""

    def __init__(self, backend: SearchBackend) -> None:
        self.backend = backend
        self._lexicons: dict[str, tuple[float, str, Lexicon]] = {}
        self._patience = Patience() if backend.remote else None

    def _page(self) -> AbstractContextManager[None]:
        """Around everything that a page asks: it waits for a while, not for ever."""
        return self._patience.page() if self._patience else nullcontext()

    def lexicon(self, index: str) -> Lexicon:
        """Return the lexicon of an index, looked for again every few seconds."""
        checked, stamp, lexicon = self._lexicons.get(index, (-LEXICON_SECONDS, "", Lexicon()))
        now = time.monotonic()
        if now - checked >= LEXICON_SECONDS:
            if fresh := self.backend.read_state(index, stamp or None):
                stamp, lexicon = fresh[0], Lexicon.load(fresh[1])
            self._lexicons[index] = (now, stamp, lexicon)
        return lexicon

    def forget_lexicons(self) -> None:
        """Look for new lexicons at the next search."""
        self._lexicons.clear()

    def search(
        self,
        index: str,
        text: str,
        tokens: frozenset[str],
        *,
        filters: Mapping[str, Sequence[str]] | None = None,
        page: int = 1,
        size: int = PAGE_SIZE,
        exclude: frozenset[str] = frozenset(),
        facets: bool = True,
    ) -> SearchResult:
        """Return a page of what *tokens* open among the documents that match *text*."""
        page = max(1, min(page, MAX_WINDOW // size))
        scope = Scope(tokens, filters or {}, exclude)
        with self._page():
            query = parse(text, self.lexicon(index))
            ranked, total, counts = self._ranked(index, query, scope, page * size, facets=facets)
            shown = ranked[(page - 1) * size : page * size]
            marker = Marker(query)
            hits = self._hits(index, marker, query, shown, tokens)
            unfiltered = None
            if not total and scope.chosen():
                bare = Scope(tokens, {}, exclude)
                unfiltered = self.backend.recall(index, query, bare, 1, facets=False).total
        return SearchResult(
            text=query.text,
            total=total,
            hits=hits,
            facets=self._facets(counts, scope),
            page=page,
            size=size,
            filters=scope.chosen(),
            repairs=_shown_repairs(query, marker),
            unfiltered_total=unfiltered,
        )

    def ranked_ids(
        self, index: str, text: str, tokens: frozenset[str], n: int, exclude: frozenset[str]
    ) -> list[str]:
        """Return the ids of the best *n* documents: search without the page around it."""
        scope = Scope(tokens, {}, exclude)
        with self._page():
            query = parse(text, self.lexicon(index))
            ranked, _total, _counts = self._ranked(index, query, scope, n, facets=False)
        return [candidate.id for _score, candidate in ranked[:n]]

    def similar(
        self, index: str, document_id: str, tokens: frozenset[str], n: int = 5
    ) -> list[Hit]:
        """Return the documents most like one that *tokens* open; none if they do not."""
        with self._page():
            stored = self.backend.fetch(index, [document_id], tokens).get(document_id)
            if stored is None:
                return []
            return self._like(index, stored.title, stored.body, tokens, n, frozenset({document_id}))

    def similar_to_text(
        self, index: str, title: str, body: str, tokens: frozenset[str], n: int = 5,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Hit]:  # fmt: skip
        """Return the documents most like a text that is not in the index yet."""
        analysis = analyse(title, body)
        with self._page():
            return self._like(index, analysis.title, analysis.body, tokens, n, exclude)

    def _ranked(
        self, index: str, query: ParsedQuery, scope: Scope, wanted: int, *, facets: bool
    ) -> tuple[list[tuple[float, Recalled]], int, dict[str, dict[str, int]]]:
        recall = self.backend.recall(
            index, query, scope, min(MAX_WINDOW, max(WINDOW, wanted)), facets=facets
        )
        if query.empty:
            return [(0.0, hit) for hit in recall.hits], recall.total, recall.facets
        first = rank(query, recall.hits[:WINDOW], self.lexicon(index))
        rest = [(0.0, hit) for hit in recall.hits[WINDOW:]]
        return first + rest, recall.total, recall.facets

    def _like(
        self,
        index: str,
        title: str,
        body: str,
        tokens: frozenset[str],
        n: int,
        exclude: frozenset[str],
    ) -> list[Hit]:
        """Search for the words that tell a document from others."""
        lexicon = self.lexicon(index)
        in_title = title.split()
        counts: dict[str, float] = {}
        for stem in in_title:
            counts[stem] = counts.get(stem, 0.0) + 3.0
        for stem in body.split():
            counts[stem] = counts.get(stem, 0.0) + 0.5
        telling = {
            stem: min(count, 6.0) * lexicon.weight(stem)
            for stem, count in counts.items()
            if len(stem) > 2 and not stem.isdigit()
        }
        best = sorted(telling, key=lambda stem: (-telling[stem], stem))[:SIMILAR_TERMS]
        if not best:
            return []
        top = telling[best[0]]
        terms = tuple(
            Term(stem, (Spelling(stem),), importance=(telling[stem] / top) ** 0.5) for stem in best
        )
        query = ParsedQuery("", terms)
        ranked, _total, _counts = self._ranked(
            index, query, Scope(tokens, {}, exclude), n, facets=False
        )
        wanted, titled = {stem: telling[stem] for stem in best}, frozenset(in_title)
        alike = [row for row in ranked[:WINDOW] if _is_like(row[1], wanted, titled, lexicon)]
        hits = self._hits(index, Marker(query), query, alike[:n], tokens)
        return [replace(hit, why=None) for hit in hits]

    def _hits(
        self,
        index: str,
        marker: Marker,
        query: ParsedQuery,
        ranked: list[tuple[float, Recalled]],
        tokens: frozenset[str],
    ) -> list[Hit]:
        stored = self.backend.fetch(index, [hit.id for _score, hit in ranked], tokens)
        return [
            _hit(query, marker, stored[hit.id], hit, score)
            for score, hit in ranked
            if hit.id in stored
        ]

    def _facets(
        self, counts: dict[str, dict[str, int]], scope: Scope
    ) -> dict[str, list[FacetValue]]:
        """Return the values of each facet; chosen ones stay even when nothing is left of them."""
        chosen = scope.chosen()
        found: dict[str, list[FacetValue]] = {}
        for name in FACETS if counts else ():
            picked = chosen.get(name, [])
            values = {**dict.fromkeys(picked, 0), **counts.get(name, {})}
            order = sorted(values, reverse=True) if name == "year" else sorted(
                values, key=lambda value: (-values[value], value)
            )  # fmt: skip
            found[name] = [FacetValue(v, values[v], v in picked) for v in order]
        return found


def _is_like(
    candidate: Recalled, telling: Mapping[str, float], in_title: frozenset[str], lexicon: Lexicon
) -> bool:
    """Whether enough of a document's telling words stand in another; an empty list beats a bad one.

    A rank says only which of the candidates is best, and there is always a best. A word that stands
    nowhere can be shared by nothing, so it is left out of the whole.
    """
    title = set(candidate.title.split())
    words = title | set(candidate.body.split())
    known = {s: w for s, w in telling.items() if s in words or lexicon.frequency(s)}
    shared = [stem for stem in known if stem in words]
    if not shared:
        return False
    share = sum(known[stem] for stem in shared) / sum(known.values())
    if len(shared) >= LIKE_WORDS:
        return share >= LIKE_SHARE
    return share >= LIKE_WORD_SHARE and shared[0] in title & in_title


def _shown_repairs(query: ParsedQuery, marker: Marker) -> dict[str, str]:
    """Return how unknown words were read, in words that stand in the hits on the page.

    So nothing is proposed but what the searcher sees there.
    """
    return {
        typed: " ".join(marker.read_as[stem] for stem in stems)
        for typed, stems in query.repairs.items()
        if all(stem in marker.read_as for stem in stems)
    }


def _hit(
    query: ParsedQuery, marker: Marker, stored: Stored, recalled: Recalled, score: float
) -> Hit:
    source = stored.source
    title_marks = marker.marks(source["title"])
    shown, body_marks = snippet(source["body"], marker)
    marks = [*title_marks, *body_marks]
    reasons = [mark.why for mark in marks]
    why: Why | None = None
    if marks and None not in reasons and reasons[0] is not Why.INFLECTION:
        why = reasons[0]  # another form of a word explains itself: it stands there, marked
    elif not marks and any(key.text in recalled.keys | recalled.cited for key in query.keys):
        why = Why.NUMBER
    return Hit(
        id=stored.id,
        title=source["title"],
        title_html=mark_safe(highlight(source["title"], title_marks)),  # noqa: S308 - escaped
        snippet=mark_safe(shown),  # noqa: S308 - escaped
        dnr=source["dnr"],
        type=source["type"],
        area=source["area"],
        outcome=source["outcome"],
        date=source["date"],
        year=source["year"],
        party=source["party"],
        url=source["url"],
        score=score,
        why=why,
    )
