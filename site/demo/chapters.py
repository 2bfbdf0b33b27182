# SPDX-License-Identifier: EUPL-1.2
"""How far an initiative of the demo comes in each of its rounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ORDER = (
    "draft", "with_liaison", "joined", "returned", "prepared", "sent", "registered", "withdrawn",
    "out_of_scope", "in_preparation", "with_group", "completion", "rejected", "deferred_by_group",
    "admitted", "ranked", "with_committee", "committee_done", "in_proposal", "recommended",
    "declined", "deferred_by_council", "approved", "implementing", "implemented",
)  # fmt: skip
"""How far an initiative comes in a chapter, one after the other."""


@dataclass(slots=True)
class Chapter:
    """An initiative in one round: how far it comes, and what is said on the way."""

    round: str
    stage: str
    data: dict[str, Any] = field(default_factory=dict)

    def reaches(self, stage: str) -> bool:
        """Whether it comes at least as far."""
        return ORDER.index(self.stage) >= ORDER.index(stage)

    def says(self, key: str, default: str = "") -> str:
        """A text of the chapter."""
        return str(self.data.get(key, default))
