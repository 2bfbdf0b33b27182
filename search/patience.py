# SPDX-License-Identifier: EUPL-1.2
"""How long a page waits for an engine that is not well, and how many wait at a time.

An engine that hangs is worse than one that refuses: each page that waits holds a thread of the web
server, and when all are held the rest of the site stands still too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from search.backends.base import SearchUnavailable

#: A page's whole wait for the engine, over all its questions.
PAGE_S = 2.0
#: How many pages of one process wait at a time; a healthy engine needs few.
READERS = 2
#: How long nobody asks after the engine has failed to answer.
REST_S = 10.0

_deadline: ContextVar[float | None] = ContextVar("search_deadline", default=None)


def seconds_left(at_most: float) -> float:
    """How long the question may take that is asked now; *at_most* outside a page."""
    deadline = _deadline.get()
    if deadline is None:
        return at_most
    return max(0.05, min(at_most, deadline - time.monotonic()))


class Patience:
    """Bounds the waiting of one process for one engine."""

    def __init__(self) -> None:
        self._places = threading.BoundedSemaphore(READERS)
        self._rests_until = 0.0

    @contextmanager
    def page(self) -> Iterator[None]:
        """Ask the engine for a page.

        Raises:
            SearchUnavailable: the engine has just failed, all places are taken by others who wait,
                or it did not answer in time.
        """
        if _deadline.get() is not None:  # a part of a page that is being asked for already
            yield
            return
        started = time.monotonic()
        if started < self._rests_until:
            raise SearchUnavailable("the engine did not answer a moment ago")
        if not self._places.acquire(timeout=PAGE_S / 2):
            raise SearchUnavailable("too many wait for the engine")
        token = _deadline.set(started + PAGE_S)
        try:
            yield
        except SearchUnavailable:
            if time.monotonic() - started >= PAGE_S / 2:
                self._rests_until = time.monotonic() + REST_S
            raise
        finally:
            _deadline.reset(token)
            self._places.release()
