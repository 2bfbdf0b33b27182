# SPDX-License-Identifier: EUPL-1.2
"""The embedded engine: tantivy, with its files in one directory.

An index is a directory per generation, and a pointer file that names the one in use; replacing the
pointer is the alias swap. One process at a time may write (the worker); any number may read, and
they see a commit at their next request. Nothing is analysed here: the fields hold tokens that
Python made, parted by spaces.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from search.backends.base import (
    FACET_SIZE,
    FACETS,
    Health,
    ItemResult,
    Outcome,
    Recall,
    Recalled,
    Scope,
    SearchUnavailable,
    Stored,
    Write,
    stored_fields,
)
from search.backends.tantivy_queries import QueryBuilder, any_of
from search.text.query import ParsedQuery

WRITER_MEMORY = 64_000_000
LOCK_PATIENCE_S = 30.0
_WORDS = "words"
_LISTS = ("tokens", "hidden_from", "keys", "cited")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("version", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("day", fast=True)
    builder.add_boolean_field("deleted", stored=True, indexed=True)
    for name in _LISTS:
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(
            name, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
        )
    builder.add_text_field("title_stems", stored=True, tokenizer_name=_WORDS, index_option="freq")
    builder.add_text_field("body_stems", stored=True, tokenizer_name=_WORDS, index_option="freq")
    builder.add_text_field("parts", tokenizer_name=_WORDS, index_option="basic")
    builder.add_text_field("grams", tokenizer_name=_WORDS, index_option="basic")
    builder.add_bytes_field("source", stored=True)
    builder.add_text_field("date", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class TantivyBackend:
    """Implements :class:`search.backends.base.SearchBackend` on files."""

    name = "tantivy"
    remote = False

    def __init__(self, root: Path, prefix: str = "") -> None:
        self.root = Path(root) / prefix if prefix else Path(root)
        self._open: dict[str, tuple[str, tantivy.Index]] = {}
        self._lock = threading.Lock()

    # --- generations --------------------------------------------------------------------------

    def exists(self, index: str) -> bool:
        """Whether there is an index, empty or not."""
        generation = self._current(index)
        return generation is not None and (self.root / generation / "meta.json").exists()

    def ensure(self, index: str) -> None:
        """Create the index if it does not exist."""
        if not self.exists(index):
            self.swap(index, self.create(index))

    def create(self, index: str) -> str:
        """Create an empty generation and return its name."""
        generation = f"{index}.{time.strftime('%Y%m%d%H%M%S')}.{uuid.uuid4().hex[:6]}"
        path = self.root / generation
        path.mkdir(parents=True)
        tantivy.Index(_schema(), path=str(path))
        return generation

    def swap(self, index: str, target: str) -> None:
        """Point the index at *target* in one step, then remove what it pointed at before."""
        before = self._current(index)
        self._replace(self.root / f"{index}.current", target.encode())
        if before and before != target:
            self.discard(index, before)

    def discard(self, index: str, target: str) -> None:
        """Remove a generation. Readers that still hold it keep its files open until they let go."""
        shutil.rmtree(self.root / target, ignore_errors=True)

    def _current(self, index: str) -> str | None:
        try:
            return (self.root / f"{index}.current").read_text() or None
        except FileNotFoundError:
            return None

    def _replace(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{uuid.uuid4().hex[:6]}")
        draft.write_bytes(data)
        draft.replace(path)

    def _index(self, index: str, target: str | None = None) -> tantivy.Index:
        """Open a generation; readers are kept, and told of others' commits at each request."""
        if target:
            return self._opened(target)
        try:
            return self._reader(index)
        except SearchUnavailable:
            # A rebuild may have swapped generations between the pointer and the files.
            return self._reader(index)

    def _reader(self, index: str) -> tantivy.Index:
        generation = self._current(index)
        if generation is None:
            raise SearchUnavailable(f"there is no index {index!r} yet")
        with self._lock:
            kept = self._open.get(index)
            if kept is None or kept[0] != generation:
                kept = self._open[index] = (generation, self._opened(generation))
            kept[1].reload()
        return kept[1]

    def _opened(self, generation: str) -> tantivy.Index:
        try:
            opened = tantivy.Index.open(str(self.root / generation))
        except ValueError as error:
            raise SearchUnavailable(str(error)) from error
        # tantivy forgets tokenizers when an index is closed.
        whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        opened.register_tokenizer(_WORDS, whitespace)
        return opened

    # --- writing ------------------------------------------------------------------------------

    def bulk(
        self, index: str, writes: Iterable[Write], target: str | None = None
    ) -> list[ItemResult]:
        """Apply writes in one commit."""
        batch = list(writes)
        if not batch:
            return []
        opened = self._index(index, target)
        results: list[ItemResult] = []
        with self._writer(opened) as writer:
            known = self._known_versions(opened, [write.id for write in batch])
            for write in batch:
                if write.version <= known.get(write.id, -1):
                    results.append(ItemResult(write.id, Outcome.CONFLICT))
                    continue
                try:
                    document = self._document(write, opened.schema)
                except (ValueError, TypeError) as error:
                    results.append(ItemResult(write.id, Outcome.FAILED, str(error)))
                    continue
                writer.delete_documents_by_term("id", write.id)
                writer.add_document(document)
                known[write.id] = write.version
                results.append(ItemResult(write.id, Outcome.OK))
            writer.commit()
        return results

    def refresh(self, index: str, target: str | None = None) -> None:
        """Nothing to do: commits are seen at the next request."""

    @contextmanager
    def _writer(self, opened: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
        """Take the one writer's lock, waiting for another process to finish."""
        deadline = time.monotonic() + LOCK_PATIENCE_S
        while True:
            try:
                writer = opened.writer(WRITER_MEMORY, 1)
                break
            except ValueError as error:
                if "Lock" not in str(error) or time.monotonic() > deadline:
                    raise SearchUnavailable(str(error)) from error
                time.sleep(0.05)
        try:
            yield writer
        finally:
            writer.wait_merging_threads()

    def _known_versions(self, opened: tantivy.Index, ids: list[str]) -> dict[str, int]:
        opened.reload()
        searcher = opened.searcher()
        if not searcher.num_docs:
            return {}
        query = Query.term_set_query(opened.schema, "id", ids)
        known: dict[str, int] = {}
        for _score, address in searcher.search(query, limit=len(ids), count=False).hits:
            document = searcher.doc(address)
            known[str(document.get_first("id"))] = int(document.get_first("version") or 0)
        return known

    def _document(self, write: Write, schema: tantivy.Schema) -> tantivy.Document:
        fields = stored_fields(write)
        document = tantivy.Document.from_dict(fields, schema)
        if write.document:
            source = json.dumps(write.document.source(), ensure_ascii=False)
            document.add_bytes("source", source.encode())
        return document

    # --- reading ------------------------------------------------------------------------------

    def recall(
        self, index: str, query: ParsedQuery, scope: Scope, limit: int, *, facets: bool = True
    ) -> Recall:
        """Return the best *limit* documents that the scope may see."""
        opened = self._index(index)
        searcher = opened.searcher()
        build = QueryBuilder(opened.schema, query, scope)
        # Without words there is nothing to score by: the newest come first.
        order = {"order_by_field": "day"} if query.empty else {}
        found = searcher.search(build.full(), limit=max(limit, 1), count=True, **order)
        hits = [self._recalled(searcher, score, address) for score, address in found.hits[:limit]]
        counts = self._facets(searcher, build) if facets else {}
        return Recall(total=int(found.count or 0), hits=hits, facets=counts)

    def _recalled(
        self, searcher: tantivy.Searcher, score: float, address: tantivy.DocAddress
    ) -> Recalled:
        document = searcher.doc(address)
        first, every = document.get_first, document.get_all
        return Recalled(
            id=first("id"),
            score=float(score or 0.0),
            title=first("title_stems") or "",
            body=first("body_stems") or "",
            keys=frozenset(every("keys")),
            cited=frozenset(every("cited")),
            type=first("type") or "",
            date=first("date") or "",
        )

    def _facets(self, searcher: tantivy.Searcher, build: QueryBuilder) -> dict[str, dict[str, int]]:
        """Count each facet under the filters of the others, in as few passes as possible."""
        chosen = set(build.scope.chosen())
        groups: list[tuple[list[str], str | None]] = []
        groups.append(([name for name in FACETS if name not in chosen], None))
        groups += [([name], name) for name in FACETS if name in chosen]
        counts: dict[str, dict[str, int]] = {}
        for names, without in groups:
            if not names:
                continue
            wanted = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in names}
            answer = searcher.aggregate(build.matching(without=without), wanted)
            for name in names:
                buckets = answer[name]["buckets"]
                counts[name] = {b["key"]: int(b["doc_count"]) for b in buckets if b["key"]}
        return counts

    def fetch(
        self, index: str, ids: Sequence[str], tokens: frozenset[str] | None
    ) -> dict[str, Stored]:
        """Return stored documents by id, if the tokens open them."""
        if not ids:
            return {}
        opened = self._index(index)
        searcher = opened.searcher()
        parts = [(Occur.Must, Query.term_set_query(opened.schema, "id", list(ids)))]
        if tokens is not None:
            parts.append((Occur.Must, any_of(opened.schema, "tokens", tokens)))
        found: dict[str, Stored] = {}
        for _score, address in searcher.search(
            Query.boolean_query(parts), limit=len(ids), count=False
        ).hits:
            document = searcher.doc(address)
            if document.get_first("deleted"):
                continue
            stored = Stored(
                id=document.get_first("id"),
                version=int(document.get_first("version") or 0),
                source=json.loads(bytes(document.get_first("source") or b"{}")),
                title=document.get_first("title_stems") or "",
                body=document.get_first("body_stems") or "",
                tokens=frozenset(document.get_all("tokens")),
            )
            found[stored.id] = stored
        return found

    def versions(self, index: str, target: str | None = None) -> Iterator[tuple[str, int]]:
        """Yield (id, version) of every document."""
        opened = self._index(index, target)
        opened.reload()
        searcher = opened.searcher()
        if not searcher.num_docs:
            return
        alive = Query.term_query(opened.schema, "deleted", False)
        for _score, address in searcher.search(alive, searcher.num_docs, count=False).hits:
            document = searcher.doc(address)
            yield document.get_first("id"), int(document.get_first("version") or 0)

    # --- state and health ---------------------------------------------------------------------

    def read_state(self, index: str, known: str | None = None) -> tuple[str, bytes] | None:
        """Return the state file if it is not the *known* one."""
        path = self.root / f"{index}.state"
        try:
            status = path.stat()
            stamp = f"{status.st_mtime_ns}-{status.st_ino}"
            return None if stamp == known else (stamp, path.read_bytes())
        except FileNotFoundError:
            return None

    def write_state(self, index: str, data: bytes) -> None:
        """Replace the state file in one step."""
        self._replace(self.root / f"{index}.state", data)

    def health(self) -> Health:
        """Say whether the files can be opened."""
        try:
            names = [path.name.removesuffix(".current") for path in self.root.glob("*.current")]
            counts = {name: self._index(name).searcher().num_docs for name in names}
        except (SearchUnavailable, OSError, ValueError) as error:
            return Health(False, self.name, str(error))
        return Health(bool(names), self.name, "" if names else "no index", counts)

    def size(self, index: str) -> int:
        """Return the bytes of the generation in use."""
        generation = self._current(index)
        if generation is None:
            return 0
        with os.scandir(self.root / generation) as entries:
            return sum(entry.stat().st_size for entry in entries)
