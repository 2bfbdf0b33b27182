# SPDX-License-Identifier: EUPL-1.2
"""The public search: the address holds the whole query, and only what is public can be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from casework.organisation.models import ServiceArea
from casework.register.enums import CaseType
from casework.register.numbers import best_reading
from casework.register.services.projections import public_slug
from pages import public
from search.results import Hit, SearchResult
from search.services import SearchUnavailable, search_public

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


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Search; a number that is exactly one public case opens it."""
    text = request.GET.get("q", "").strip()[:400]
    chosen = {
        field: request.GET.getlist(name)[:20]
        for name, (field, _label) in FILTERS.items()
        if request.GET.getlist(name)
    }
    page = request.GET.get("sida", "1")
    context: dict[str, Any] = {
        "q": text,
        "chosen": chosen,
        "chips": chips(request.GET),
        "section": "search",
        "numbers": public.city_numbers(),
    }
    number = best_reading(text) if text and not chosen and "alla" not in request.GET else None
    if number is not None:
        case = public.cases().filter(key=number.key).first()
        if case is not None and _is_only_a_number(text, number.key):
            return redirect(public.case_url(case))
    if not text and not chosen:
        return render(request, "pages/search.html", context)
    try:
        result = search_public(text, chosen, page_number(page))
    except SearchUnavailable:
        context["search_down"] = True
        return render(request, "pages/search.html", context, status=503)
    context.update(result_context(request.GET, result, hit_url))
    return render(request, "pages/search.html", context)


def page_number(text: str) -> int:
    """The page that an address asks for; the first when it is no number that can be a page's."""
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def result_context(
    query: QueryDict, result: SearchResult, url_of: Callable[[Hit], str]
) -> dict[str, Any]:
    """What a page shows of a result, on the desk and outside: rows, facets, the way on and back."""
    areas = _area_names()
    return {
        "result": result,
        "rows": [
            {
                "hit": hit,
                "url": url_of(hit),
                "type": _words("type", hit.type),
                "area": areas.get(hit.area, hit.area),
            }
            for hit in result.hits
        ],
        "previous_page": _page(query, result.page - 1) if result.has_previous else "",
        "next_page": _page(query, result.page + 1) if result.has_next else "",
        "facets": _facets(query, result.facets),
        "without_filters": _address(query, drop=tuple(FILTERS)),
    }


def hit_url(hit: Hit) -> str:
    """The public address of a hit."""
    if hit.kind == "decision":
        return reverse("earlier_decision", args=[hit.pk])
    return reverse("public_case", args=[public_slug(hit.dnr)])


def _page(query: QueryDict, number: int) -> str:
    changed = query.copy()
    changed["sida"] = str(number)
    return f"?{changed.urlencode()}"


def _is_only_a_number(text: str, key: str) -> bool:
    """Whether the query is a number and nothing else: as many digits as the number has."""
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    return digits <= sum(character.isdigit() for character in key) + 5 and letters <= 16


def _words(field: str, value: str) -> str:
    """A filter's value in words; areas and kinds are kept under their short names."""
    if field == "area":
        return _area_names().get(value, value)
    if field == "type" and value in CaseType.values:
        return str(CaseType(value).label)
    return value


def _area_names() -> dict[str, str]:
    return dict(ServiceArea.objects.values_list("slug", "name"))


def chips(query: QueryDict) -> list[Chip]:
    """The chosen filters, each with the address without it."""
    return [
        Chip(f"{label}: {_words(field, value)}", _address(query, without=(name, value)))
        for name, (field, label) in FILTERS.items()
        for value in query.getlist(name)
    ]


def _facets(query: QueryDict, counts: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The facets with an address per value; the years newest first, the rest by number."""
    facets = []
    areas = _area_names()
    for name, (field, label) in FILTERS.items():
        rows = [
            FacetValue(
                areas.get(row.value, row.value) if field == "area" else _words(field, row.value),
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
