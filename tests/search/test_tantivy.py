# SPDX-License-Identifier: EUPL-1.2
"""The embedded engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.backends.base import SearchBackend, SearchUnavailable, Write
from search.backends.tantivy import TantivyBackend
from search.engine import SearchEngine
from tests.search.contract import INDEX, PUBLIC, SearchContract, document


class TestTantivy(SearchContract):
    """Keeps the contract."""

    @pytest.fixture(name="backend")
    def _backend(self, tmp_path: Path) -> SearchBackend:
        return TantivyBackend(tmp_path, "test")

    @pytest.fixture
    def other(self, tmp_path: Path) -> SearchBackend:
        return TantivyBackend(tmp_path, "test")


def test_without_an_index_search_is_unavailable(tmp_path: Path) -> None:
    backend = TantivyBackend(tmp_path)
    with pytest.raises(SearchUnavailable):
        SearchEngine(backend).search(INDEX, "karta", PUBLIC)
    assert not backend.health().reachable


def test_a_swap_removes_the_files_of_the_generation_before(tmp_path: Path) -> None:
    backend = TantivyBackend(tmp_path)
    backend.ensure(INDEX)
    backend.swap(INDEX, backend.create(INDEX))
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    backend = TantivyBackend(tmp_path)
    backend.ensure(INDEX)
    with backend._writer(backend._index(INDEX)) as writer:
        backend_too = TantivyBackend(tmp_path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("search.backends.tantivy.LOCK_PATIENCE_S", 0.1)
            with pytest.raises(SearchUnavailable):
                backend_too.bulk(INDEX, [Write.upsert(document(1, "Karta"))])
        writer.rollback()
    assert backend.bulk(INDEX, [Write.upsert(document(1, "Karta"))])[0].outcome == "ok"
