# SPDX-License-Identifier: EUPL-1.2
"""The default cache: memory for what only saves time, the database for what must be counted."""

from __future__ import annotations

from typing import Any

from django.core.cache import BaseCache, caches
from django.core.cache.backends.locmem import LocMemCache

#: What the sign-in library counts: attempts, and codes that are spent.
COUNTED = "allauth"


class PortalCache(LocMemCache):
    """Each process remembers for itself, except what holds for all of them.

    A page would otherwise ask the database for what Wagtail keeps to save it a question.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Read from where the key belongs."""
        if shared := self._shared(key):
            return shared.get(key, default, version)
        return super().get(key, default, version)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        """Write to where the key belongs."""
        if shared := self._shared(key):
            shared.set(key, value, *args, **kwargs)
        else:
            super().set(key, value, *args, **kwargs)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        """Write if nothing is there; between processes exactly one succeeds."""
        if shared := self._shared(key):
            return shared.add(key, value, *args, **kwargs)
        return super().add(key, value, *args, **kwargs)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget."""
        if shared := self._shared(key):
            return shared.delete(key, version)
        return super().delete(key, version)

    def clear(self) -> None:
        """Forget everything."""
        super().clear()
        caches["shared"].clear()

    def _shared(self, key: Any) -> BaseCache | None:
        return caches["shared"] if str(key).startswith(COUNTED) else None
