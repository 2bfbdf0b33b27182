# SPDX-License-Identifier: EUPL-1.2
"""Elasticsearch, for a city that has outgrown one machine.

Only parts that every distribution of 8.19 has are used: strict mappings, the built-in whitespace
analyzer (Python has analysed the text), external versions, bulk, aliases, point in time and terms
aggregations. No scripts, no server-side reindex, no `ping()` or `info()`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import Q

from search.backends.base import (
    FACETS,
    SHOWN,
    Health,
    ItemResult,
    Outcome,
    Recall,
    Scope,
    SearchUnavailable,
    Stored,
    Write,
    stored_fields,
)
from search.backends.elasticsearch_queries import (
    Missing,
    best_request,
    count_request,
    first_of,
    recalled,
    whole,
)
from search.patience import seconds_left
from search.text.query import ParsedQuery

BULK_DOCUMENTS = 1_000
BULK_BYTES = 8_000_000
RETRIES = 6
TIMEOUT_S = 20.0

_WORDS: dict[str, Any] = {"type": "text", "analyzer": "whitespace"}
_FLAGS: dict[str, Any] = {**_WORDS, "index_options": "docs", "norms": False}
_SHOWN_ONLY = {"type": "keyword", "index": False, "doc_values": False}
MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    # The analysed text is kept as stored fields, so that a recall need not read the whole source.
    "_source": {"excludes": ["title_stems", "body_stems", "parts", "grams"]},
    "properties": {
        **{name: {"type": "keyword"} for name in ("id", "tokens", "hidden_from", "keys", "cited")},
        **{name: {"type": "keyword"} for name in (*FACETS, "date")},
        "version": {"type": "long"},
        "day": {"type": "integer"},
        "deleted": {"type": "boolean"},
        "title_stems": {**_WORDS, "store": True, "index_options": "freqs"},
        "body_stems": {**_WORDS, "store": True, "index_options": "freqs"},
        "parts": _FLAGS,
        "grams": _FLAGS,
        **{name: _SHOWN_ONLY for name in SHOWN if name not in (*FACETS, "date")},
    },
}
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # Texts of any length are shown, never sorted or counted by.
    "mapping.total_fields.limit": 60,
}
_STATE_MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {"stamp": {"type": "keyword"}, "data": {"type": "binary"}},
}


class ElasticsearchBackend:
    """Implements :class:`search.backends.base.SearchBackend` on a cluster."""

    name = "elasticsearch"
    remote = True

    def __init__(self, url: str, prefix: str, **options: Any) -> None:
        self.prefix = prefix
        self.client = Elasticsearch(
            url, request_timeout=TIMEOUT_S, retry_on_timeout=False, max_retries=0, **options
        )

    @property
    def _asked(self) -> Elasticsearch:
        """The client for a question of a page, which waits no longer than the page may."""
        return self.client.options(request_timeout=seconds_left(TIMEOUT_S))

    def _alias(self, index: str) -> str:
        return f"{self.prefix}-{index}"

    # --- generations --------------------------------------------------------------------------

    def exists(self, index: str) -> bool:
        """Whether there is an index, empty or not."""
        return bool(self._ask(lambda: self.client.indices.exists_alias(name=self._alias(index))))

    def ensure(self, index: str) -> None:
        """Create the index if it does not exist."""
        if not self.exists(index):
            self.swap(index, self.create(index))

    def create(self, index: str) -> str:
        """Create an empty generation and return its name."""
        stamp = time.strftime("%Y%m%d%H%M%S")
        name = f"{self._alias(index)}-{stamp}-{uuid.uuid4().hex[:6]}"
        self._ask(
            lambda: self.client.indices.create(index=name, mappings=MAPPING, settings=SETTINGS)
        )
        return name

    def swap(self, index: str, target: str) -> None:
        """Move the alias in one step and delete the generation before."""
        alias = self._alias(index)
        before = [name for name in self._generations(index) if name != target]
        actions: list[dict[str, Any]] = [{"add": {"index": target, "alias": alias}}]
        actions += [{"remove_index": {"index": name}} for name in before]
        self._ask(lambda: self.client.indices.update_aliases(actions=actions))

    def discard(self, index: str, target: str) -> None:
        """Delete a generation."""
        self._ask(lambda: self.client.indices.delete(index=target, ignore_unavailable=True))

    def _generations(self, index: str) -> list[str]:
        try:
            return list(self._ask(lambda: self.client.indices.get_alias(name=self._alias(index))))
        except Missing:
            return []

    def _ask(self, call: Callable[[], Any]) -> Any:
        """Call the cluster; what is wrong with it becomes :class:`SearchUnavailable`."""
        try:
            return call()
        except NotFoundError as error:
            raise Missing(str(error)) from error
        except (TransportError, ApiError) as error:
            raise SearchUnavailable(str(error)) from error

    # --- writing ------------------------------------------------------------------------------

    def bulk(
        self, index: str, writes: Iterable[Write], target: str | None = None
    ) -> list[ItemResult]:
        """Send writes in requests bounded by count and bytes."""
        name = target or self._alias(index)
        results: list[ItemResult] = []
        pending: list[tuple[str, bytes]] = []
        size = 0
        for write in writes:
            lines = self._lines(write, in_use=target is None)
            if pending and (len(pending) >= BULK_DOCUMENTS or size + len(lines) > BULK_BYTES):
                results += self._send(name, pending)
                pending, size = [], 0
            pending.append((write.id, lines))
            size += len(lines)
        if pending:
            results += self._send(name, pending)
        return results

    def _lines(self, write: Write, *, in_use: bool) -> bytes:
        action = {
            "index": {
                "_id": write.id,
                "version": write.version,
                "version_type": "external",
                # Else a deleted index would come back as one that nobody has described.
                "require_alias": in_use,
            }
        }
        fields = stored_fields(write)
        if write.document:
            fields |= write.document.source()
        lines = [json.dumps(part, ensure_ascii=False) for part in (action, fields)]
        return ("\n".join(lines) + "\n").encode()

    def _send(self, name: str, batch: list[tuple[str, bytes]]) -> list[ItemResult]:
        """Send one request; wait when the cluster is busy (429), halve what is too big (413)."""
        # The client sends bytes as they are, which spares it from serialising twice.
        payload: Any = b"".join(lines for _, lines in batch)
        for attempt in range(RETRIES):
            try:
                answer = self.client.bulk(index=name, operations=[payload])
            except ApiError as error:
                if error.status_code == 429 and attempt < RETRIES - 1:
                    time.sleep(0.2 * 2**attempt)
                    continue
                if error.status_code == 413:
                    return self._halve(name, batch)
                raise SearchUnavailable(str(error)) from error
            except TransportError as error:
                raise SearchUnavailable(str(error)) from error
            return self._settle(name, batch, answer["items"], attempt)
        raise SearchUnavailable("the cluster stays busy")

    def _halve(self, name: str, batch: list[tuple[str, bytes]]) -> list[ItemResult]:
        if len(batch) == 1:
            return [ItemResult(batch[0][0], Outcome.FAILED, "larger than the cluster accepts")]
        middle = len(batch) // 2
        return self._send(name, batch[:middle]) + self._send(name, batch[middle:])

    def _settle(
        self, name: str, batch: list[tuple[str, bytes]], items: list[dict[str, Any]], attempt: int
    ) -> list[ItemResult]:
        """Read the items' results; those that were refused for being too many are sent again."""
        results: list[ItemResult] = []
        again: list[tuple[str, bytes]] = []
        for sent, item in zip(batch, items, strict=True):
            answer = item["index"]
            status = answer["status"]
            if status < 300:
                results.append(ItemResult(sent[0], Outcome.OK))
            elif status == 404:
                raise Missing(json.dumps(answer.get("error", {}))[:500])
            elif status == 409:
                results.append(ItemResult(sent[0], Outcome.CONFLICT))
            elif status == 429 and attempt < RETRIES - 1:
                again.append(sent)
            else:
                reason = json.dumps(answer.get("error", {}), ensure_ascii=False)[:500]
                results.append(ItemResult(sent[0], Outcome.FAILED, reason))
        if again:
            time.sleep(0.2 * 2**attempt)
            results += self._send(name, again)
        return results

    def refresh(self, index: str, target: str | None = None) -> None:
        """Make finished writes visible at once."""
        self._ask(lambda: self.client.indices.refresh(index=target or self._alias(index)))

    # --- reading ------------------------------------------------------------------------------

    def recall(
        self, index: str, query: ParsedQuery, scope: Scope, limit: int, *, facets: bool = True
    ) -> Recall:
        """Return the best *limit* documents that the scope may see.

        Two searches in one round trip: one for the best, which may skip what cannot become one of
        them, and one that counts and scores nothing.
        """
        where: dict[str, Any] = {"index": self._alias(index)}
        best = best_request(query, scope, limit)
        count = count_request(query, scope, facets=facets)
        answer = self._ask(lambda: self._asked.msearch(searches=[where, best, where, count]))
        hits, counts = map(whole, answer["responses"])
        return Recall(
            total=counts["hits"]["total"]["value"],
            hits=[recalled(hit) for hit in hits["hits"]["hits"]],
            facets={
                name: {b["key"]: b["doc_count"] for b in part["values"]["buckets"] if b["key"]}
                for name, part in counts.get("aggregations", {}).items()
            },
        )

    def fetch(
        self, index: str, ids: Sequence[str], tokens: frozenset[str] | None
    ) -> dict[str, Stored]:
        """Return stored documents by id, if the tokens open them."""
        if not ids:
            return {}
        clauses = [Q("ids", values=list(ids)), Q("term", deleted=False)]
        if tokens is not None:
            clauses.append(Q("terms", tokens=sorted(tokens)))
        answer = self._ask(
            lambda: self._asked.search(
                index=self._alias(index),
                query=Q("bool", filter=clauses).to_dict(),
                size=len(ids),
                source_includes=[*SHOWN, "version", "tokens"],
                stored_fields=["title_stems", "body_stems", "_source"],
            )
        )
        found: dict[str, Stored] = {}
        for hit in answer["hits"]["hits"]:
            source, fields = hit["_source"], hit.get("fields", {})
            found[hit["_id"]] = Stored(
                id=hit["_id"],
                version=source["version"],
                source={name: source.get(name, "") for name in SHOWN},
                title=first_of(fields, "title_stems"),
                body=first_of(fields, "body_stems"),
                tokens=frozenset(source["tokens"]),
            )
        return found

    def versions(self, index: str, target: str | None = None) -> Iterator[tuple[str, int]]:
        """Yield (id, version) of every document, from a point in time."""
        name = target or self._alias(index)
        self.refresh(index, target)
        moment = self._ask(lambda: self.client.open_point_in_time(index=name, keep_alive="2m"))
        pit = {"id": moment["id"], "keep_alive": "2m"}
        after: list[Any] | None = None
        try:
            while hits := self._page_of_versions(pit, after):
                for hit in hits:
                    yield hit["fields"]["id"][0], int(hit["fields"]["version"][0])
                after = hits[-1]["sort"]
        finally:
            self._ask(lambda: self.client.close_point_in_time(id=pit["id"]))

    def _page_of_versions(
        self, pit: dict[str, Any], after: list[Any] | None
    ) -> list[dict[str, Any]]:
        answer = self._ask(
            lambda: self.client.search(
                pit=pit,
                query={"term": {"deleted": False}},
                size=5_000,
                source=False,
                docvalue_fields=[{"field": "id"}, {"field": "version"}],
                sort=["_shard_doc"],
                search_after=after,
                track_total_hits=False,
            )
        )
        found: list[dict[str, Any]] = answer["hits"]["hits"]
        return found

    # --- state and health ---------------------------------------------------------------------

    @property
    def _state(self) -> str:
        return f"{self.prefix}.state"

    def read_state(self, index: str, known: str | None = None) -> tuple[str, bytes] | None:
        """Return what was kept for the index if it is not the *known* one."""
        try:
            stamp = self._ask(
                lambda: self._asked.get(index=self._state, id=index, source_includes=["stamp"])
            )["_source"]["stamp"]
            if stamp == known:
                return None
            kept = self._ask(lambda: self._asked.get(index=self._state, id=index))["_source"]
        except Missing:
            return None
        return kept["stamp"], base64.b64decode(kept["data"])

    def write_state(self, index: str, data: bytes) -> None:
        """Keep bytes for the index, whole or not at all."""
        if not self._ask(lambda: self.client.indices.exists(index=self._state)):
            try:
                self._ask(
                    lambda: self.client.indices.create(
                        index=self._state,
                        mappings=_STATE_MAPPING,
                        settings={"number_of_shards": 1, "auto_expand_replicas": "0-1"},
                    )
                )
            except SearchUnavailable:  # another process was first
                if not self._ask(lambda: self.client.indices.exists(index=self._state)):
                    raise
        document = {
            "stamp": hashlib.sha256(data).hexdigest(),
            "data": base64.b64encode(data).decode(),
        }
        self._ask(
            lambda: self.client.index(index=self._state, id=index, document=document, refresh=True)
        )

    def health(self) -> Health:
        """Say whether the cluster answers and what it holds."""
        try:
            client = self.client.options(request_timeout=seconds_left(1.0))
            status = client.cluster.health()["status"]
            count = int(client.count(index=f"{self.prefix}-*")["count"])
        except (TransportError, ApiError) as error:
            return Health(False, self.name, str(error))
        return Health(status != "red", self.name, status, {"all": count})

    def size(self, index: str) -> int:
        """Return the bytes of the index's primary shards."""
        answer = self._ask(
            lambda: self.client.indices.stats(index=self._alias(index), metric=["store"])
        )
        return int(answer["_all"]["primaries"]["store"]["size_in_bytes"])
