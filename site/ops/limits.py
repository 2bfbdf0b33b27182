# SPDX-License-Identifier: EUPL-1.2
"""How much the open forms take in a minute, from everybody together.

Who asks is not looked at: whoever orders a public record need not say who she is (TF 2:18), so
nothing that could tell one visitor from another may be kept.
"""

from __future__ import annotations

import time

from django.core.cache import caches


def has_room(name: str, *, per_minute: int) -> bool:
    """Count one more of this minute, in all processes; whether it is within the limit."""
    key = f"limit:{name}:{int(time.time() // 60)}"
    counter = caches["shared"]
    counter.add(key, 0, timeout=120)
    return counter.incr(key) <= per_minute
