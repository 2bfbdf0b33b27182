# SPDX-License-Identifier: EUPL-1.2
"""The public search: the address holds the whole query, and only what is public can be found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from casework.organisation.models import ServiceArea
from casework.register.enums import CaseType
from casework.register.numbers import best_reading
from pages import public
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
        "chips": _chips(request.GET),
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
        result = search_public(text, chosen, int(page) if page.isdecimal() else 1)
    except SearchUnavailable:
        context["search_down"] = True
        return render(request, "pages/search.html", context, status=503)
    context["result"] = result
    context["facets"] = _facets(request.GET, result.facets)
    context["without_filters"] = _address(request.GET, drop=tuple(FILTERS))
    return render(request, "pages/search.html", context)


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


def _chips(query: QueryDict) -> list[Chip]:
    return [
        Chip(f"{label}: {_words(field, value)}", _address(query, without=(name, value)))
        for name, (field, label) in FILTERS.items()
        for value in query.getlist(name)
    ]


def _facets(query: QueryDict, counts: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    facets = []
    for name, (field, label) in FILTERS.items():
        chosen = query.getlist(name)
        values = counts.get(field, {})
        ordered = sorted(values, reverse=True) if field == "year" else list(values)
        rows = [
            FacetValue(
                _words(field, value),
                values[value],
                _address(query, without=(name, value))
                if value in chosen
                else _address(query, with_=(name, value)),
                value in chosen,
            )
            for value in ordered
            if value
        ]
        if rows:
            facets.append(
                {
                    "label": label,
                    "first": rows[:SHOWN_FIRST],
                    "more": rows[SHOWN_FIRST:],
                    "more_text": _("Visa fler"),
                }
            )
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
