# SPDX-License-Identifier: EUPL-1.2
"""Wagtail's lists with the addresses that are needed, and no others."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern

UNNEEDED = frozenset({"usage", "history", "history_results"})
"""What changed stands in the journal and not in Wagtail's log, which is empty."""


class NeededAddresses:
    """A viewset without the addresses that nobody needs: each would have to keep the access rule.

    Attributes:
        unneeded: their names, such as ``delete`` and ``usage``.
    """

    unneeded: frozenset[str] = UNNEEDED | {"delete"}

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """No page leads to them."""
        found: dict[str, Any] = super().get_common_view_kwargs(**kwargs)  # type: ignore[misc]
        return found | {f"{name}_url_name": None for name in self.unneeded}

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without them."""
        found: list[URLPattern] = super().get_urlpatterns()  # type: ignore[misc]
        return [pattern for pattern in found if pattern.name not in self.unneeded]
