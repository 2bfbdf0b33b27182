# SPDX-License-Identifier: EUPL-1.2
"""A search engine of its own for each test that asks for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import worker
from search.backends.tantivy import TantivyBackend
from search.engine import SearchEngine


@pytest.fixture
def city_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SearchEngine:
    """An empty embedded engine that services and worker use for the length of a test."""
    engine = SearchEngine(TantivyBackend(tmp_path))
    monkeypatch.setattr("search.services.engine", lambda: engine)
    monkeypatch.setattr("search.engine.LEXICON_SECONDS", 0.0)
    monkeypatch.setattr(worker, "_drainer", worker.Drainer())
    return engine
