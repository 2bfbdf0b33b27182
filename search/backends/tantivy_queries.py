# SPDX-License-Identifier: EUPL-1.2
"""The queries that tantivy is asked."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import Occur, Query

from search.backends.base import (
    CITED_SCORE,
    GRAM_BOOST,
    KEY_SCORE,
    LOOSE_SCORE,
    PART_BOOST,
    TITLE_BOOST,
    Scope,
    required_words,
)
from search.text.analysis import grams
from search.text.query import ParsedQuery


def any_of(schema: tantivy.Schema, field: str, values: Iterable[str]) -> Query:
    """Return the documents whose field holds one of the values; none for no values."""
    wanted = sorted(values)
    return Query.term_set_query(schema, field, wanted) if wanted else Query.empty_query()


class QueryBuilder:
    """Builds the queries of one request."""

    def __init__(self, schema: tantivy.Schema, query: ParsedQuery, scope: Scope) -> None:
        self.schema = schema
        self.query = query
        self.scope = scope

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self.schema, field, value, index_option="basic")

    def _any(self, queries: list[Query], least: int | None = None) -> Query:
        return Query.boolean_query(
            [(Occur.Should, query) for query in queries], minimum_number_should_match=least
        )

    def _match(self) -> Query:
        """Return what makes a document a match: a number, or enough of the words."""
        if self.query.empty:
            return Query.all_query()
        ways = [
            self._term(field, key.text) for key in self.query.keys for field in ("keys", "cited")
        ]
        words = [
            self._any(
                [
                    self._term(field, stem)
                    for stem in term.matching
                    for field in ("title_stems", "body_stems", "parts")
                ]
            )
            for term in self.query.significant
        ]
        if words:
            ways.append(self._any(words, required_words(len(words))))
        return self._any(ways)

    def _scope(self, without: str | None = None) -> list[tuple[Occur, Query]]:
        """Return the clauses that decide what exists for this searcher."""
        clauses = [(Occur.Must, any_of(self.schema, "tokens", self.scope.tokens))]
        clauses.append((Occur.MustNot, any_of(self.schema, "hidden_from", self.scope.tokens)))
        if self.scope.exclude:
            clauses.append((Occur.MustNot, any_of(self.schema, "id", self.scope.exclude)))
        for name, values in self.scope.chosen().items():
            if name != without:
                clauses.append((Occur.Must, any_of(self.schema, name, values)))
        return [(occur, Query.const_score_query(query, 0.0)) for occur, query in clauses]

    def matching(self, without: str | None = None) -> Query:
        """Return the matching documents in scope, leaving out the filter of one facet."""
        match = Query.const_score_query(self._match(), 0.0)
        return Query.boolean_query([(Occur.Must, match), *self._scope(without)])

    def full(self) -> Query:
        """Return the matching documents in scope, scored."""
        scored: list[Query] = []
        for key in self.query.keys:
            score = LOOSE_SCORE if key.loose else KEY_SCORE
            scored.append(Query.const_score_query(self._term("keys", key.text), score))
            scored.append(Query.const_score_query(self._term("cited", key.text), CITED_SCORE))
        for stem, weight in self.query.stems.items():
            title = Query.term_query(self.schema, "title_stems", stem, index_option="freq")
            body = Query.term_query(self.schema, "body_stems", stem, index_option="freq")
            scored.append(Query.boost_query(title, TITLE_BOOST * weight))
            scored.append(Query.boost_query(body, weight))
            scored.append(Query.boost_query(self._term("parts", stem), PART_BOOST * weight))
        for stem, weight in self.query.gram_stems.items():
            scored += [
                Query.boost_query(self._term("grams", gram), GRAM_BOOST * weight)
                for gram in grams(stem)
            ]
        return Query.boolean_query(
            [(Occur.Must, self.matching()), *((Occur.Should, query) for query in scored)]
        )
