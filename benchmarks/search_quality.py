# SPDX-License-Identifier: EUPL-1.2
"""How well search finds what it should, on real documents with known answers.

Reads documents and queries as JSON Lines (gzip or plain), builds an index of its own beside the
city's, asks every query through the product's own search, and prints a table and, as the last
line, one line of JSON.

A query may name documents to *exclude*: they are out of the search altogether, so that they are
neither counted nor used as a seed. A *condensed* query is scored over documents with categories
only. A query with a *control* is a perturbed one; its clean form is measured beside it.

    python -m benchmarks.search_quality --backend tantivy --docs docs.jsonl.gz --queries q.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from search.backends.base import Document, SearchBackend, Write
from search.backends.tantivy import TantivyBackend
from search.engine import SearchEngine
from search.indexing import rebuild

INDEX = "benchmark"
DEFAULT_URL = "http://127.0.0.1:9200"
TOKENS = frozenset({"public"})
TOP = 10
#: Deep enough that ten documents with categories are left in a condensed query.
DEEP = 200
NATURAL = frozenset(
    {
        "category", "cite_gov", "cite_ip", "cite_remiss", "joint_heading", "joint_sibling",
        "law2prop", "short3", "snippet", "title",
    }
)  # fmt: skip


class Score(NamedTuple):
    """Quality of one query or the mean of many."""

    recall: float
    mrr: float
    ndcg: float


def read_lines(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON Lines files, gzip or plain."""
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def document_of(row: dict[str, Any]) -> Document:
    """Return the document of an earlier decision, with the same fields as the city's own."""
    date = row.get("date") or ""
    return Document(
        id=row["id"],
        version=1,
        tokens=TOKENS,
        title=row.get("title") or "",
        body=row.get("body") or "",
        dnr=row.get("dnr") or row.get("number") or "",
        numbers=tuple(filter(None, (row.get("number"), row.get("dnr")))),
        party=row.get("author") or "",
        date=date,
        year=date[:4],
        type=row.get("type") or "",
        area=", ".join(row.get("dept") or []) if isinstance(row.get("dept"), list) else "",
    )


def score(ranked: list[str], relevant: set[str]) -> Score:
    """Return recall, reciprocal rank and binary nDCG of the first ten."""
    hits = [document in relevant for document in ranked[:TOP]]
    best = min(len(relevant), TOP)
    gain = sum(1 / math.log2(place + 2) for place, hit in enumerate(hits) if hit)
    ideal = sum(1 / math.log2(place + 2) for place in range(best))
    first = next((1 / (place + 1) for place, hit in enumerate(hits) if hit), 0.0)
    return Score(sum(hits) / best, first, gain / ideal)


def mean(scores: Iterable[Score]) -> Score:
    """Return the mean of scores."""
    columns = zip(*scores, strict=True)
    return Score(*(sum(column) / len(column) for column in columns))


def half_of(qid: str) -> int:
    """Return the half a query belongs to: 0 is for tuning, 1 for judging."""
    return hashlib.sha256(qid.encode()).digest()[-1] % 2


def make_backend(name: str, directory: Path) -> SearchBackend:
    """Return an engine with indexes of its own."""
    if name == "tantivy":
        return TantivyBackend(directory)
    from search.backends.elasticsearch import ElasticsearchBackend

    url = os.environ.get("ELASTICSEARCH_URL") or os.environ.get("SEARCH_URL") or DEFAULT_URL
    return ElasticsearchBackend(url, f"benchmark-{os.getpid()}")


class Run(NamedTuple):
    """What was measured."""

    kinds: dict[str, Score]
    halves: list[dict[str, Score]]
    controls: dict[str, Score]
    milliseconds: list[float]


def measure(engine: SearchEngine, queries: list[dict[str, Any]], labelled: set[str]) -> Run:
    """Ask every query and score the answers."""
    everything: dict[str, list[Score]] = defaultdict(list)
    halves: list[dict[str, list[Score]]] = [defaultdict(list), defaultdict(list)]
    controls: dict[str, list[Score]] = defaultdict(list)
    milliseconds: list[float] = []
    for query in queries:
        excluded = frozenset(query.get("exclude") or ())
        condensed = bool(query.get("condensed"))
        relevant = set(query["rel"])

        def ask(
            text: str, excluded: frozenset[str] = excluded, deep: bool = condensed
        ) -> list[str]:
            found = engine.ranked_ids(INDEX, text, TOKENS, DEEP if deep else TOP, excluded)
            return [i for i in found if i in labelled][:TOP] if deep else found

        started = time.perf_counter()
        found = ask(query["query"])
        milliseconds.append((time.perf_counter() - started) * 1000)
        result = score(found, relevant)
        everything[query["kind"]].append(result)
        halves[half_of(query["qid"])][query["kind"]].append(result)
        if query.get("control"):
            controls[query["kind"]].append(score(ask(query["control"]), relevant))
    return Run(
        {kind: mean(scores) for kind, scores in sorted(everything.items())},
        [{kind: mean(scores) for kind, scores in half.items()} for half in halves],
        {kind: mean(scores) for kind, scores in controls.items()},
        milliseconds,
    )


def page_latency(engine: SearchEngine, queries: list[dict[str, Any]]) -> list[float]:
    """Return the milliseconds of whole result pages: facets, snippets and all."""
    spent = []
    for query in queries:
        started = time.perf_counter()
        engine.search(INDEX, query["query"], TOKENS)
        spent.append((time.perf_counter() - started) * 1000)
    return spent


def percentile(values: list[float], share: float) -> float:
    """Return the value that *share* of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def print_table(run: Run) -> None:
    """Print the figures for people."""
    print(f"{'kind':<16}{'recall@10':>10}{'MRR@10':>9}{'nDCG@10':>9}{'clean nDCG':>12}")
    for kind, figures in run.kinds.items():
        clean = f"{run.controls[kind].ndcg:12.3f}" if kind in run.controls else ""
        print(f"{kind:<16}{figures.recall:10.3f}{figures.mrr:9.3f}{figures.ndcg:9.3f}{clean}")
    rows = [("macro", run.kinds), ("tuning half", run.halves[0]), ("judging half", run.halves[1])]
    for name, kinds in rows:
        if kinds:
            macro = mean(kinds.values())
            print(f"{name:<16}{macro.recall:10.3f}{macro.mrr:9.3f}{macro.ndcg:9.3f}")


def rounded(figures: Score) -> dict[str, float]:
    """Return a score as it stands in the JSON."""
    return {
        "recall_10": round(figures.recall, 4),
        "mrr_10": round(figures.mrr, 4),
        "ndcg_10": round(figures.ndcg, 4),
    }


def parse_arguments(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.search_quality",
        description="Measure search quality and speed; the last line printed is JSON.",
        epilog="Elasticsearch is found at ELASTICSEARCH_URL, else SEARCH_URL, else on port 9200.",
    )
    parser.add_argument("--backend", choices=("tantivy", "elasticsearch"), default="tantivy")
    parser.add_argument("--docs", nargs="+", type=Path, required=True, help="JSON Lines files")
    parser.add_argument("--queries", nargs="+", type=Path, required=True, help="JSON Lines files")
    parser.add_argument("--limit", type=int, help="ask only the first N queries of each kind")
    return parser.parse_args(argv)


def limited(queries: list[dict[str, Any]], limit: int | None) -> list[dict[str, Any]]:
    """Keep the first queries of each kind."""
    if limit is None:
        return queries
    seen: dict[str, int] = defaultdict(int)
    kept = []
    for query in queries:
        seen[query["kind"]] += 1
        if seen[query["kind"]] <= limit:
            kept.append(query)
    return kept


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark."""
    options = parse_arguments(argv)
    queries = limited(list(read_lines(options.queries)), options.limit)
    labelled: set[str] = set()

    def writes() -> Iterator[Write]:
        for row in read_lines(options.docs):
            if row.get("categories"):
                labelled.add(row["id"])
            yield Write.upsert(document_of(row))

    with tempfile.TemporaryDirectory() as directory:
        backend = make_backend(options.backend, Path(directory))
        started = time.perf_counter()
        count = rebuild(backend, INDEX, writes)
        backend.refresh(INDEX)
        index_seconds = time.perf_counter() - started
        print(f"{count} documents indexed in {index_seconds:.0f} s", file=sys.stderr)
        try:
            engine = SearchEngine(backend)
            run = measure(engine, queries, labelled)
            pages = page_latency(engine, queries[:: max(1, len(queries) // 300)])
            size = backend.size(INDEX)
        finally:
            drop(backend)
    print_table(run)
    natural = {kind: figures for kind, figures in run.kinds.items() if kind in NATURAL}
    print(
        json.dumps(
            {
                "backend": options.backend,
                "docs": count,
                "macro": rounded(mean(run.kinds.values())),
                "natural": rounded(mean(natural.values())) if natural else {},
                "halves": [rounded(mean(half.values())) for half in run.halves if half],
                "kinds": {kind: rounded(figures) for kind, figures in run.kinds.items()},
                "p50_ms": round(statistics.median(run.milliseconds), 1),
                "p95_ms": round(percentile(run.milliseconds, 0.95), 1),
                "page_p95_ms": round(percentile(pages, 0.95), 1),
                "index_s": round(index_seconds, 1),
                "size_mb": round(size / 1e6, 1),
            },
            ensure_ascii=False,
        )
    )
    return 0


def drop(backend: SearchBackend) -> None:
    """Leave no index of the benchmark's behind in a cluster."""
    client = getattr(backend, "client", None)
    if client is not None:
        names = client.indices.get(index=f"{getattr(backend, 'prefix', '')}*", features="aliases")
        for name in names:
            client.indices.delete(index=name)


if __name__ == "__main__":
    raise SystemExit(main())
