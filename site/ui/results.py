# SPDX-License-Identifier: EUPL-1.2
"""A search result as desk and city show it: rows, facets, chips; the address is the query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from casework.organisation.models import ServiceArea
from casework.register.enums import CaseType
from search.results import SearchResult
from ui.links import url_for
from ui.present import outcome_words

#: The address's names, the index's fields, and the words for them.
FILTERS = {
    "ar": ("year", gettext_lazy("År")),
    "typ": ("type", gettext_lazy("Typ")),
    "omrade": ("area", gettext_lazy("Område")),
    "utfall": ("outcome", gettext_lazy("Utfall")),
}
SHOWN_FIRST = 8


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to narrow by, with how many it would leave."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter and the address without it."""

    label: str
    url: str


def page_number(text: str) -> int:
    """The page that an address asks for; the first when it is no number that can be a page's."""
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def result_context(query: QueryDict, result: SearchResult, face: str) -> dict[str, Any]:
    """What a page shows of a result, on the desk and outside: rows, facets, the way on and back."""
    areas = _area_names()
    return {
        "result": result,
        "rows": [
            {
                "hit": hit,
                "url": url_for(hit, face),
                "type": _words("type", hit.type, areas),
                "area": _words("area", hit.area, areas),
                "outcome": _words("outcome", hit.outcome, areas),
            }
            for hit in result.hits
        ],
        "previous_page": _page(query, result.page - 1) if result.has_previous else "",
        "next_page": _page(query, result.page + 1) if result.has_next else "",
        "facets": _facets(query, result.facets, areas),
        "without_filters": _address(query, drop=tuple(FILTERS)),
    }


def _page(query: QueryDict, number: int) -> str:
    changed = query.copy()
    changed["sida"] = str(number)
    return f"?{changed.urlencode()}"


def _words(field: str, value: str, areas: Mapping[str, str]) -> str:
    """A filter's code in words, made in one place for rows, facets and chips.

    What is no code of ours, such as the kind of a decision from before the diary, is shown as it is.
    """
    if field == "area":
        return areas.get(value, value)
    if field == "type" and value in CaseType.values:
        return str(CaseType(value).label)
    if field == "outcome":
        return outcome_words(value)
    return value


def _area_names() -> dict[str, str]:
    return dict(ServiceArea.objects.values_list("slug", "name"))


def chips(query: QueryDict) -> list[Chip]:
    """The chosen filters, each with the address without it."""
    areas = _area_names() if any(query.getlist(name) for name in FILTERS) else {}
    return [
        Chip(f"{label}: {_words(field, value, areas)}", _address(query, without=(name, value)))
        for name, (field, label) in FILTERS.items()
        for value in query.getlist(name)
    ]


def _facets(
    query: QueryDict, counts: dict[str, list[Any]], areas: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The facets with an address per value; the years newest first, the rest by number."""
    facets = []
    for name, (field, label) in FILTERS.items():
        rows = [
            FacetValue(
                _words(field, row.value, areas),
                row.count,
                _address(query, without=(name, row.value))
                if row.chosen
                else _address(query, with_=(name, row.value)),
                row.chosen,
            )
            for row in counts.get(field, [])
            if row.value
        ]
        if field == "year":
            rows.sort(key=lambda row: row.label, reverse=True)
        if rows:
            facets.append({"label": label, "first": rows[:SHOWN_FIRST], "more": rows[SHOWN_FIRST:]})
    return facets


def _address(
    query: QueryDict,
    *,
    with_: tuple[str, str] | None = None,
    without: tuple[str, str] | None = None,
    drop: tuple[str, ...] = (),
) -> str:
    changed = query.copy()
    changed.pop("sida", None)
    for name in drop:
        changed.pop(name, None)
    if with_:
        changed.appendlist(*with_)
    if without:
        name, value = without
        changed.setlist(name, [kept for kept in changed.getlist(name) if kept != value])
    return f"?{changed.urlencode()}"
