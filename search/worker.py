# SPDX-License-Identifier: EUPL-1.2
"""Sends what the outbox holds to the index.

Rows say only which objects changed. The worker reads those objects as they are now and sends them
with their own change number as external version, so it does not matter in which order rows are
handled, whether one is handled twice, or whether another worker was first: a conflict means that
the index holds something newer, which is as good as done.
"""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import timedelta

import structlog
from django.db.models import Q, QuerySet
from django.utils import timezone

from search.backends.base import Outcome, SearchUnavailable, Write
from search.documents import INDEXES, expected_versions, writes_for
from search.indexing import Indexer, RebuildError
from search.models import ObjectType, OutboxRow, OutboxState
from search.reconcile import rebuild_index
from search.services import backend

log = structlog.get_logger(__name__)

BATCH = 500
MAX_ATTEMPTS = 6
FIRST_DELAY = timedelta(seconds=5)
LONGEST_PAUSE_S = 60.0
#: How often the worker looks whether the indexes are still there.
LOOK_S = 15.0

Key = tuple[str, int]


class Drainer:
    """Drains the outbox. Keeps lexicons between rounds, and a pause when the engine is away."""

    def __init__(self) -> None:
        self._indexers: dict[str, Indexer] = {}
        self._engine: object = None
        self._pause = 0.0
        self._resume_at = 0.0
        self._look_at = 0.0

    def drain(self, limit: int = BATCH) -> int:
        """Send up to *limit* changes; return how many objects were handled (0: nothing to do)."""
        if time.monotonic() < self._resume_at:
            return 0
        rows = list(_due().order_by("pk")[:limit])
        try:
            self._look_after()
            for index in INDEXES:
                self._indexer(index)
            if not rows:
                self._save_lexicons(now=True)
                return 0
            handled = self._send(rows)
            self._save_lexicons()
        except SearchUnavailable as error:
            self._pause = min(LONGEST_PAUSE_S, max(1.0, self._pause * 2))
            self._resume_at = time.monotonic() + self._pause
            self._indexers.clear()
            self._look_at = 0.0
            log.warning("search_engine_unreachable", reason=str(error)[:200], pause_s=self._pause)
            return 0
        self._pause = 0.0
        return handled

    def _look_after(self) -> None:
        """Notice an index that is gone, say so, and build it anew; an empty one tells an untruth.

        Until the new one is there, searches say that they cannot be answered.
        """
        if time.monotonic() < self._look_at and backend() is self._engine:
            return
        for index in INDEXES:
            # Of a new city the outbox holds everything, and fills the index by itself.
            if backend().exists(index) or len(expected_versions(index)) <= _objects_waiting():
                continue
            log.error("search_index_missing", index=index)
            self._indexers.pop(index, None)
            try:
                count = rebuild_index(backend(), index)
            except RebuildError as error:
                raise SearchUnavailable(f"the index could not be built anew: {error}") from error
            log.warning("search_index_rebuilt", index=index, documents=count)
        self._look_at = time.monotonic() + LOOK_S

    def _send(self, rows: list[OutboxRow]) -> int:
        latest: dict[str, dict[int, int]] = defaultdict(dict)
        for row in rows:
            numbers = latest[row.object_type]
            numbers[row.object_id] = max(numbers.get(row.object_id, 0), row.change_number)
        failures: dict[Key, str] = {}
        for object_type, numbers in latest.items():
            self._send_objects(object_type, numbers, failures)
        self._settle(rows, failures)
        return sum(map(len, latest.values()))

    def _send_objects(
        self, object_type: str, numbers: dict[int, int], failures: dict[Key, str]
    ) -> None:
        shared: list[tuple[int, Write]] | None = None
        for index in INDEXES:
            if object_type == ObjectType.DECISION and shared is not None:
                pairs = shared  # one face only: the same document in both indexes
            else:
                pairs = shared = _build(index, object_type, numbers, failures)
            indexer = self._indexer(index)
            results = indexer.write([write for _pk, write in pairs])
            for (pk, _write), result in zip(pairs, results, strict=True):
                if result.outcome is Outcome.FAILED:
                    failures[object_type, pk] = result.reason

    def _settle(self, rows: list[OutboxRow], failures: dict[Key, str]) -> None:
        """Remove the rows that are done; let the others wait longer, or set them aside."""
        done = [row for row in rows if (row.object_type, row.object_id) not in failures]
        OutboxRow.objects.filter(pk__in=[row.pk for row in done]).delete()
        for object_type in ObjectType.values:
            pks = [row.object_id for row in done if row.object_type == object_type]
            OutboxRow.objects.filter(
                state=OutboxState.PARKED, object_type=object_type, object_id__in=pks
            ).delete()
        for row in rows:
            reason = failures.get((row.object_type, row.object_id))
            if reason is None:
                continue
            row.attempts += 1
            row.error = reason[:2_000]
            row.not_before = timezone.now() + FIRST_DELAY * 2 ** (row.attempts - 1)
            if row.attempts >= MAX_ATTEMPTS:
                row.state = OutboxState.PARKED
                log.error("search_change_parked", object=str(row), reason=reason[:200])
            row.save(update_fields=["attempts", "error", "not_before", "state"])

    def _indexer(self, index: str) -> Indexer:
        engine = backend()
        if engine is not self._engine:  # the settings name another engine now
            self._indexers, self._engine = {}, engine
        if index not in self._indexers:
            engine.ensure(index)
            self._indexers[index] = Indexer(engine, index)
        return self._indexers[index]

    def _save_lexicons(self, *, now: bool = False) -> None:
        for indexer in self._indexers.values():
            indexer.save_lexicon(now=now)


def _due() -> QuerySet[OutboxRow]:
    ready = Q(not_before=None) | Q(not_before__lte=timezone.now())
    return OutboxRow.objects.filter(ready, state=OutboxState.PENDING)


def _objects_waiting() -> int:
    rows = OutboxRow.objects.filter(state=OutboxState.PENDING).order_by()
    return rows.values("object_type", "object_id").distinct().count()


def _build(
    index: str, object_type: str, numbers: dict[int, int], failures: dict[Key, str]
) -> list[tuple[int, Write]]:
    """Build the writes; an object that cannot be read does not take the others with it."""
    try:
        writes = list(writes_for(index, object_type, numbers))
    except Exception:
        if len(numbers) == 1:
            pk = next(iter(numbers))
            log.exception("search_document_failed", object_type=object_type, object_id=pk)
            failures[object_type, pk] = "the document could not be built; see the log"
            return []
        return [
            pair
            for pk, number in numbers.items()
            for pair in _build(index, object_type, {pk: number}, failures)
        ]
    return [(int(write.id.partition(":")[2]), write) for write in writes]


_drainer = Drainer()


def drain(limit: int = BATCH) -> int:
    """Send waiting changes to the index; return how many objects were handled.

    Called by the worker round after round; tests call it to bring the index into step.
    """
    return _drainer.drain(limit)
