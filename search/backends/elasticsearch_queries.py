# SPDX-License-Identifier: EUPL-1.2
"""The queries that are sent to Elasticsearch, and the reading of its answers."""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.backends.base import (
    CITED_SCORE,
    FACET_SIZE,
    FACETS,
    GRAM_BOOST,
    KEY_SCORE,
    LOOSE_SCORE,
    PART_BOOST,
    TITLE_BOOST,
    Recalled,
    Scope,
    SearchUnavailable,
    required_words,
)
from search.text.analysis import grams
from search.text.query import ParsedQuery


def best_request(query: ParsedQuery, scope: Scope, limit: int) -> dict[str, Any]:
    """Return the search for the best: it counts nothing, so it may skip what cannot be best."""
    request = Search().extra(
        size=limit,
        track_total_hits=False,
        stored_fields=["title_stems", "body_stems"],
        docvalue_fields=["keys", "cited", "type", "date"],
    )
    narrowed = Q("bool", filter=[exists_for(query, scope), *_chosen(scope).values()])
    if query.empty:  # nothing to score by: the newest come first
        request = request.query(narrowed).sort("-day", "id")
    else:
        request = request.query(
            Q("bool", filter=[narrowed], should=scored_by(query), minimum_should_match=1)
        )
    return dict(request.to_dict())


def count_request(query: ParsedQuery, scope: Scope, *, facets: bool) -> dict[str, Any]:
    """Return the search that counts, and scores nothing.

    Each facet is counted under the filters of the others, so the filters come after the counts.
    """
    request = Search().query(exists_for(query, scope)).extra(size=0, track_total_hits=True)
    chosen = _chosen(scope)
    if chosen:
        request = request.post_filter(Q("bool", filter=list(chosen.values())))
    for name in FACETS if facets else ():
        others = [other for key, other in chosen.items() if key != name]
        under = Q("bool", filter=others) if others else Q("match_all")
        request.aggs.bucket(name, "filter", filter=under).bucket(
            "values", "terms", field=name, size=FACET_SIZE
        )
    return dict(request.to_dict())


def _chosen(scope: Scope) -> dict[str, Query]:
    return {name: Q("terms", **{name: values}) for name, values in scope.chosen().items()}


def _match(query: ParsedQuery) -> Query:
    """Return what makes a document a match: a number, or enough of the words."""
    if query.empty:
        return Q("match_all")
    ways = [
        Q("terms", **{field: [key.text for key in query.keys]})
        for field in ("keys", "cited")
        if query.keys
    ]
    words = [
        Q(
            "bool",
            should=[
                Q("terms", **{field: list(term.matching)})
                for field in ("title_stems", "body_stems", "parts")
            ],
        )
        for term in query.significant
    ]
    if words:
        ways.append(Q("bool", should=words, minimum_should_match=required_words(len(words))))
    return Q("bool", should=ways, minimum_should_match=1)


def exists_for(query: ParsedQuery, scope: Scope) -> Query:
    """Return the matching documents that exist for this searcher, not scored."""
    hidden = [Q("terms", hidden_from=sorted(scope.tokens))]
    if scope.exclude:
        hidden.append(Q("ids", values=sorted(scope.exclude)))
    return Q(
        "bool",
        filter=[Q("terms", tokens=sorted(scope.tokens)), _match(query)],
        must_not=hidden,
    )


def scored_by(query: ParsedQuery) -> list[Query]:
    """Return what the rough score of the recall is made of."""
    scored: list[Query] = []
    for key in query.keys:
        score = LOOSE_SCORE if key.loose else KEY_SCORE
        scored.append(_flat("keys", key.text, score))
        scored.append(_flat("cited", key.text, CITED_SCORE))
    for stem, weight in query.stems.items():
        scored.append(_term("title_stems", stem, TITLE_BOOST * weight))
        scored.append(_term("body_stems", stem, weight))
        scored.append(_term("parts", stem, PART_BOOST * weight))
    for stem, weight in query.gram_stems.items():
        scored += [_term("grams", gram, GRAM_BOOST * weight) for gram in grams(stem)]
    return scored


def _term(field: str, value: str, boost: float) -> Query:
    return Q("term", **{field: {"value": value, "boost": boost}})


def _flat(field: str, value: str, score: float) -> Query:
    return Q("constant_score", filter=Q("term", **{field: value}), boost=score)


class Missing(SearchUnavailable):
    """The index, or the document, is not there."""


def first_of(fields: dict[str, list[Any]], name: str) -> str:
    """Return the one value of a stored field, empty if it has none."""
    values = fields.get(name) or [""]
    return str(values[0])


def recalled(hit: dict[str, Any]) -> Recalled:
    """Return a hit as the ranking wants it."""
    fields = hit.get("fields", {})
    return Recalled(
        id=hit["_id"],
        score=float(hit["_score"] or 0.0),
        title=first_of(fields, "title_stems"),
        body=first_of(fields, "body_stems"),
        keys=frozenset(fields.get("keys", ())),
        cited=frozenset(fields.get("cited", ())),
        type=first_of(fields, "type"),
        date=first_of(fields, "date"),
    )


def whole(response: dict[str, Any]) -> dict[str, Any]:
    """Return one answer of several, if it is one."""
    if response.get("status", 200) == 404:
        raise Missing(str(response.get("error"))[:500])
    if "error" in response or response.get("_shards", {}).get("failed"):
        raise SearchUnavailable(str(response.get("error", "a shard failed"))[:500])
    return response
