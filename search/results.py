# SPDX-License-Identifier: EUPL-1.2
"""What a search gives back, ready for a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from search.text.query import Why

PAGE_SIZE = 20

#: How a reason is named on the page.
WHY_LABELS: dict[Why, Promise] = {
    Why.PART: _("del av ord"),
    Why.NUMBER: _("nummer"),
    Why.SPELLING: _("stavning"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One found case or earlier decision.

    ``title_html`` and ``snippet`` are safe HTML: escaped, with the hits in ``<mark>``.
    """

    id: str
    title: str
    title_html: SafeString
    snippet: SafeString
    dnr: str = ""
    type: str = ""
    area: str = ""
    outcome: str = ""
    date: str = ""
    year: str = ""
    party: str = ""
    url: str = ""
    score: float = 0.0
    #: Why it is a hit, where that is not obvious.
    why: Why | None = None

    @property
    def kind(self) -> str:
        """Return "case" or "decision"."""
        return "decision" if self.id.startswith("decision:") else "case"

    @property
    def pk(self) -> int:
        """Return the primary key of the case or earlier decision."""
        return int(self.id.partition(":")[2])

    @property
    def why_label(self) -> Promise | str:
        """Return the reason in words, empty where the match is obvious."""
        return WHY_LABELS[self.why] if self.why else ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to filter by: how many it would leave, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, with counts for the whole result."""

    text: str
    total: int
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    page: int = 1
    size: int = PAGE_SIZE
    filters: Mapping[str, list[str]] = field(default_factory=dict)
    #: Unknown words and what they were read as, for "visar också träffar för …".
    repairs: Mapping[str, str] = field(default_factory=dict)
    #: How many there would be without the filters, where there are filters and nothing was found.
    unfiltered_total: int | None = None

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.total // self.size))

    @property
    def has_next(self) -> bool:
        """Tell whether a page follows."""
        return self.page < self.pages

    @property
    def has_previous(self) -> bool:
        """Tell whether a page goes before."""
        return self.page > 1
