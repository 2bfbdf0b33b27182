# SPDX-License-Identifier: EUPL-1.2
"""The public search: the address holds the whole query, and only what is public can be found."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from casework.register.numbers import best_reading
from search.services import SearchUnavailable, search_public
from ui.links import url_for
from ui.public_diary import city_numbers, public_cases
from ui.results import FILTERS, chips, page_number, result_context


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
        "chosen_pairs": [
            (name, value)
            for name, (field, _label) in FILTERS.items()
            for value in chosen.get(field, ())
        ],
        "chips": chips(request.GET),
        "section": "search",
        "numbers": city_numbers(),
    }
    number = best_reading(text) if text and not chosen and "alla" not in request.GET else None
    if number is not None:
        found = public_cases().filter(key=number.key)[:2]
        if not found and "/" in text:  # year and serial say enough where one case has them
            own = {"case__numbers__loose_key": number.loose_key, "case__numbers__display": F("dnr")}
            found = public_cases().filter(**own)[:2]
        if len(found) == 1 and _is_only_a_number(text, found[0].key):
            return redirect(url_for(found[0], "public"))
    if not text and not chosen:
        return render(request, "city/search/search.html", context)
    try:
        result = search_public(text, chosen, page_number(page))
    except SearchUnavailable:
        context["search_down"] = True
        return render(request, "city/search/search.html", context, status=503)
    context.update(result_context(request.GET, result, "public"))
    return render(request, "city/search/search.html", context)


def _is_only_a_number(text: str, key: str) -> bool:
    """Whether the query is a number and nothing else: as many digits as the number has."""
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    return digits <= sum(character.isdigit() for character in key) + 5 and letters <= 16
