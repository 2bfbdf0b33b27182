# SPDX-License-Identifier: EUPL-1.2
"""The clock under which the demo's past is told; the one place where the present is put aside.

The demo city is built by the same services as people use, and those take the time from
``django.utils.timezone.now``. A service that took "now" from its caller could be told any time in
production too, so the clock is moved here instead, for as long as a block lasts, by putting another
function in its place. Nothing but the set-up of the demo imports this.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from zoneinfo import ZoneInfo

from django.utils import timezone

from casework.feedback import services as feedback

ZONE = ZoneInfo("Europe/Stockholm")


@contextmanager
def at(day: dt.date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Let the services believe that it is that time in Stockholm."""
    moment = dt.datetime.combine(day, dt.time(hour, minute), ZONE).astimezone(dt.UTC)
    with _instead(timezone, "now", lambda: moment):
        yield


@contextmanager
def mail_sent_long_ago() -> Iterator[None]:
    """Hand no notice to the worker: the past's mail was sent in the past."""
    with _instead(feedback, "enqueue", lambda notice_id: None):
        yield


@contextmanager
def _instead(module: ModuleType, name: str, other: Callable[..., object]) -> Iterator[None]:
    original = getattr(module, name)
    setattr(module, name, other)
    try:
        yield
    finally:
        setattr(module, name, original)


class Timeline:
    """What happens, in the order of time, whoever planned it first: numbers follow the days."""

    def __init__(self) -> None:
        self._waiting: list[tuple[dt.datetime, int, Callable[[], None]]] = []
        self._count = itertools.count()

    def plan(self, day: dt.date, hour: int, action: Callable[[], None]) -> None:
        """Let something happen on a day; it may plan more, later."""
        moment = dt.datetime.combine(day, dt.time(hour))
        heapq.heappush(self._waiting, (moment, next(self._count), action))

    def play(self) -> None:
        """Let everything happen that is planned, each under its own clock."""
        while self._waiting:
            moment, _order, action = heapq.heappop(self._waiting)
            with at(moment.date(), moment.hour):
                action()
