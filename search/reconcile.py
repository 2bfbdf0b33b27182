# SPDX-License-Identifier: EUPL-1.2
"""Comparing the index with the database, and putting it right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.backends.base import SearchBackend, Write
from search.documents import all_writes, expected_versions, objects_of, writes_for
from search.indexing import Indexer, rebuild


@dataclass(frozen=True, slots=True)
class Difference:
    """What an index lacks, holds in an old version, or holds though it should not."""

    missing: dict[str, int]
    stale: dict[str, int]
    surplus: dict[str, int]

    @property
    def count(self) -> int:
        """Return how many documents differ."""
        return len(self.missing) + len(self.stale) + len(self.surplus)

    def ids(self) -> list[str]:
        """Return the documents that differ."""
        return [*self.missing, *self.stale, *self.surplus]


def compare(backend: SearchBackend, index: str, target: str | None = None) -> Difference:
    """Compare an index, or a generation under construction, with the database."""
    held = dict(backend.versions(index, target))
    expected = expected_versions(index)
    return Difference(
        missing={i: version for i, version in expected.items() if i not in held},
        stale={i: version for i, version in expected.items() if held.get(i, version) != version},
        surplus={i: version for i, version in held.items() if i not in expected},
    )


def mending_writes(index: str, difference: Difference) -> Iterator[Write]:
    """Yield the writes that take away a difference."""
    present: set[str] = set()
    for object_type, pks in objects_of(difference.ids()).items():
        for start in range(0, len(pks), 500):
            rows = dict.fromkeys(sorted(pks)[start : start + 500], 0)
            for write in writes_for(index, object_type, rows):
                if write.document is not None:
                    present.add(write.id)
                    yield write
    for document_id, version in difference.surplus.items():
        if document_id not in present:
            yield Write.delete(document_id, version + 1)


def rebuild_index(
    backend: SearchBackend, index: str, progress: Callable[[int], None] | None = None
) -> int:
    """Build an index anew, swap, and send what changed in the moment of the swap."""

    def settle(target: str) -> Iterator[Write]:
        return mending_writes(index, compare(backend, index, target))

    count = rebuild(backend, index, lambda: all_writes(index), settle=settle, progress=progress)
    late = list(mending_writes(index, compare(backend, index)))
    if late:
        indexer = Indexer(backend, index)
        indexer.write(late)
        indexer.save_lexicon(now=True)
    return count
