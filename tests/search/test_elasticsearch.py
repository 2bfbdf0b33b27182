# SPDX-License-Identifier: EUPL-1.2
"""Elasticsearch: the contract on a real one, and what a busy or broken one must not break."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig, ObjectApiResponse
from elasticsearch import ApiError

from search.backends.base import Outcome, SearchBackend, SearchUnavailable, Write
from search.backends.elasticsearch import ElasticsearchBackend
from search.engine import SearchEngine
from tests.search.contract import INDEX, PUBLIC, SearchContract, document


@pytest.mark.service("elasticsearch")
class TestElasticsearch(SearchContract):
    """Keeps the contract."""

    @pytest.fixture(name="backend")
    def _backend(self, elasticsearch_url: str) -> Iterator[SearchBackend]:
        backend = ElasticsearchBackend(elasticsearch_url, f"contract-{uuid.uuid4().hex[:8]}")
        yield backend
        for name in backend.client.indices.get(index=f"{backend.prefix}*"):
            backend.client.indices.delete(index=name)

    @pytest.fixture
    def other(self, backend: ElasticsearchBackend, elasticsearch_url: str) -> SearchBackend:
        return ElasticsearchBackend(elasticsearch_url, backend.prefix)

    def test_one_bad_document_does_not_stop_the_others(self) -> None:
        results = self.write(
            document(1, "Karta"), document(2, "Karta", type="x" * 40_000), document(3, "Karta")
        )
        assert [r.outcome for r in results] == [Outcome.OK, Outcome.FAILED, Outcome.OK]
        assert "[type]" in results[1].reason
        assert sorted(self.found("karta")) == ["case:1", "case:3"]

    def test_unknown_fields_are_refused(self) -> None:
        client = self.backend.client  # type: ignore[attr-defined]
        with pytest.raises(ApiError, match="strict_dynamic_mapping"):
            client.index(index=self.backend._alias(INDEX), document={"smuggled": "x"})  # type: ignore[attr-defined]


def test_an_unreachable_cluster_is_said_to_be_unavailable() -> None:
    backend = ElasticsearchBackend("http://127.0.0.1:9", "x")
    assert not backend.health().reachable
    with pytest.raises(SearchUnavailable):
        SearchEngine(backend).search(INDEX, "karta", PUBLIC)
    with pytest.raises(SearchUnavailable):
        backend.bulk(INDEX, [Write.upsert(document(1, "Karta"))])


class FakeBulk:
    """Stands in for the client's bulk: answers by rule, and remembers the sizes of requests."""

    def __init__(self, most: int, busy: int = 0, busy_items: int = 0) -> None:
        self.most, self.busy, self.busy_items = most, busy, busy_items
        self.sizes: list[int] = []

    def __call__(self, *, operations: list[bytes], **_options: Any) -> ObjectApiResponse[Any]:
        lines = b"".join(operations).splitlines()
        ids = [json.loads(line)["index"]["_id"] for line in lines[::2]]
        self.sizes.append(len(ids))
        if self.busy:
            self.busy -= 1
            raise self._error(429)
        if len(ids) > self.most:
            raise self._error(413)
        items = []
        for each in ids:
            status = 429 if self.busy_items else 201
            self.busy_items = max(0, self.busy_items - 1)
            items.append({"index": {"_id": each, "status": status}})
        return ObjectApiResponse(body={"items": items}, meta=self._meta(200))

    def _meta(self, status: int) -> ApiResponseMeta:
        node = NodeConfig("http", "localhost", 9200)
        return ApiResponseMeta(status, "1.1", HttpHeaders(), 0.0, node)

    def _error(self, status: int) -> ApiError:
        return ApiError("no", self._meta(status), {})


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr("search.backends.elasticsearch.time.sleep", slept.append)
    return slept


def backend_with(fake: FakeBulk) -> ElasticsearchBackend:
    backend = ElasticsearchBackend("http://127.0.0.1:9", "x")
    backend.client.bulk = fake  # type: ignore[method-assign,assignment]
    return backend


WRITES = [Write.upsert(document(n, f"Karta {n}")) for n in range(1, 10)]


def test_too_big_a_request_is_split(quick: list[float]) -> None:
    fake = FakeBulk(most=2)
    results = backend_with(fake).bulk(INDEX, WRITES)
    assert [result.id for result in results] == [write.id for write in WRITES]
    assert {result.outcome for result in results} == {Outcome.OK}


def test_a_single_document_that_is_too_big_fails_alone(quick: list[float]) -> None:
    results = backend_with(FakeBulk(most=0)).bulk(INDEX, WRITES[:2])
    assert {result.outcome for result in results} == {Outcome.FAILED}


def test_a_busy_cluster_is_waited_for(quick: list[float]) -> None:
    fake = FakeBulk(most=100, busy=2, busy_items=3)
    results = backend_with(fake).bulk(INDEX, WRITES)
    assert {result.outcome for result in results} == {Outcome.OK}
    assert fake.sizes == [9, 9, 9, 3]
    assert quick == sorted(quick)


def test_a_cluster_that_stays_busy_is_unavailable(quick: list[float]) -> None:
    with pytest.raises(SearchUnavailable):
        backend_with(FakeBulk(most=100, busy=50)).bulk(INDEX, WRITES)


def test_requests_are_bounded_by_count(quick: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.backends.elasticsearch.BULK_DOCUMENTS", 4)
    fake = FakeBulk(most=100)
    backend_with(fake).bulk(INDEX, WRITES)
    assert fake.sizes == [4, 4, 1]


def test_requests_are_bounded_by_bytes(quick: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.backends.elasticsearch.BULK_BYTES", 1)
    fake = FakeBulk(most=100)
    backend_with(fake).bulk(INDEX, WRITES)
    assert fake.sizes == [1] * 9
