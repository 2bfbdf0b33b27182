# SPDX-License-Identifier: EUPL-1.2
"""Writing to an index, with the lexicon kept in step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from search.backends.base import ItemResult, Outcome, SearchBackend, Write
from search.text.lexicon import Lexicon

BATCH = 500
#: Words of documents that everybody may find may be proposed as spellings; see the access rule in
#: :mod:`search.text.lexicon`.
BROAD_TOKENS = frozenset({"public"})
LEXICON_SECONDS = 20.0


class Indexer:
    """Writes to one index and counts the words of what everybody may find."""

    def __init__(self, backend: SearchBackend, index: str) -> None:
        self.backend = backend
        self.index = index
        self._lexicon: Lexicon | None = None
        self._dirty = False
        self._saved = time.monotonic()

    @property
    def lexicon(self) -> Lexicon:
        """Return the lexicon as last saved, with this process's changes."""
        if self._lexicon is None:
            kept = self.backend.read_state(self.index)
            self._lexicon = Lexicon.load(kept[1]) if kept else Lexicon()
        return self._lexicon

    def write(self, writes: list[Write]) -> list[ItemResult]:
        """Apply writes to the index in use."""
        before = self.backend.fetch(self.index, [write.id for write in writes], None)
        results = self.backend.bulk(self.index, writes)
        for write, result in zip(writes, results, strict=True):
            if result.outcome is not Outcome.OK:
                continue
            old = before.get(write.id)
            if old and old.tokens & BROAD_TOKENS:
                self.lexicon.remove(old.title, old.body)
                self._dirty = True
            self._dirty |= _count(self.lexicon, write)
        return results

    def save_lexicon(self, *, now: bool = False) -> None:
        """Keep the lexicon beside the index; not oftener than readers look for it."""
        if self._dirty and (now or time.monotonic() - self._saved > LEXICON_SECONDS):
            self.backend.write_state(self.index, self.lexicon.dump())
            self._dirty = False
            self._saved = time.monotonic()


def _count(lexicon: Lexicon, write: Write) -> bool:
    """Count a document's words if everybody may find it."""
    if write.document is None or write.analysis is None:
        return False
    if not write.document.tokens & BROAD_TOKENS:
        return False
    lexicon.add(write.analysis.title, write.analysis.body)
    return True


def rebuild(
    backend: SearchBackend,
    index: str,
    writes: Callable[[], Iterable[Write]],
    *,
    settle: Callable[[str], Iterable[Write]] | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Build the index anew beside the old one and swap; return how many documents it holds.

    Searches use the old generation until the new one is complete. Changes made meanwhile are
    caught by *settle*, which is given the new generation's name and returns what it lacks.
    """
    target = backend.create(index)
    lexicon = Lexicon()
    count = 0
    try:
        for batch in _batches(writes()):
            _require(backend.bulk(index, batch, target))
            for write in batch:
                _count(lexicon, write)
            count += len(batch)
            if progress:
                progress(len(batch))
        backend.refresh(index, target)
        for batch in _batches(settle(target) if settle else ()):
            _require(backend.bulk(index, batch, target))
        backend.refresh(index, target)
    except BaseException:
        backend.discard(index, target)
        raise
    backend.swap(index, target)
    backend.write_state(index, lexicon.dump())
    return count


def _require(results: list[ItemResult]) -> None:
    """A rebuild with holes is worse than none."""
    failed = [result for result in results if result.outcome is Outcome.FAILED]
    if failed:
        raise RebuildError(f"{failed[0].id}: {failed[0].reason} (and {len(failed) - 1} more)")


class RebuildError(Exception):
    """A document could not be written to the new generation; the old one stays in use."""


def _batches(writes: Iterable[Write]) -> Iterator[list[Write]]:
    iterator = iter(writes)
    while batch := list(islice(iterator, BATCH)):
        yield batch
