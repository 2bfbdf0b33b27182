# SPDX-License-Identifier: EUPL-1.2
"""The search benchmark: its measures, and a run on a handful of documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.search_quality import Score, half_of, limited, main, mean, score

DOCUMENTS = [
    {"id": "a", "type": "SOU", "number": "SOU 2007:34", "title": "Kartor för alla", "body": "Text"},
    {"id": "b", "type": "remiss", "title": "Remiss av SOU 2007:34", "categories": ["Kartor"]},
    {"id": "c", "type": "proposition", "title": "Lag om snöröjning", "date": "2016-06"},
]
QUERIES: list[dict[str, Any]] = [
    {"qid": "1", "kind": "title", "query": "karta för alla", "rel": ["a"], "exclude": []},
    {"qid": "2", "kind": "number", "query": "sou 2007 : 34", "rel": ["b"], "exclude": ["a"]},
    {"qid": "3", "kind": "typo", "query": "snöröjnin", "rel": ["c"], "exclude": [],
     "control": "snöröjning"},
    {"qid": "4", "kind": "category", "query": "remiss", "rel": ["b"], "exclude": [],
     "condensed": True},
]  # fmt: skip


def test_measures() -> None:
    assert score(["x", "a"], {"a"}) == pytest.approx((1.0, 0.5, 0.6309), abs=1e-3)
    assert score([], {"a", "b"}) == (0.0, 0.0, 0.0)
    assert score([str(n) for n in range(20)], {str(n) for n in range(20)}) == (1.0, 1.0, 1.0)
    assert mean([Score(1, 1, 1), Score(0, 0, 0)]) == (0.5, 0.5, 0.5)
    assert {half_of(str(n)) for n in range(50)} == {0, 1}
    assert len(limited([*QUERIES, *QUERIES], 1)) == 4


def test_a_run_ends_with_a_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents, queries = tmp_path / "docs.jsonl", tmp_path / "queries.jsonl"
    documents.write_text("\n".join(map(json.dumps, DOCUMENTS)))
    queries.write_text("\n".join(map(json.dumps, QUERIES)))
    main(["--docs", str(documents), "--queries", str(queries), "--backend", "tantivy"])
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (result["backend"], result["docs"]) == ("tantivy", 3)
    assert result["macro"] == {"recall_10": 1.0, "mrr_10": 1.0, "ndcg_10": 1.0}
    assert set(result["kinds"]) == {"title", "number", "typo", "category"}
    assert {"natural", "p50_ms", "p95_ms", "index_s", "size_mb"} <= set(result)
