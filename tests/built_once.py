# SPDX-License-Identifier: EUPL-1.2
"""What a module builds once: each test's own changes to it are rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction

from tests.rebuilt import rebuilt

T = TypeVar("T")


@contextmanager
def built_once(django_db_blocker: Any, build: Callable[[], T]) -> Iterator[T]:
    """Build in a transaction around the module's tests, which work in savepoints of it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            # What the framework remembers of another module's pages is not true of these.
            cache.clear()
            yield rebuilt(build)
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
