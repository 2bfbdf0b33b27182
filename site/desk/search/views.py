# SPDX-License-Identifier: EUPL-1.2
"""The desk's search: everything that this person may see, and a jump by number."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _l

from casework.register.selectors import case_meant, record_meant
from search.services import SearchUnavailable, search_internal
from ui.base import DeskView
from ui.links import url_for
from ui.results import FILTERS, chips, page_number, result_context


class DeskSearchView(DeskView):
    """Search among cases and earlier decisions; the address holds the whole query."""

    template_name = "desk/search/search.html"
    header_icon = "search"
    page_title = _l("Sök")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A number that is exactly one visible case opens it, at the record; else the results."""
        text = _query(request)
        if text and "alla" not in request.GET:
            case = case_meant(self.user, text)
            if case is not None:
                return redirect(url_for(record_meant(self.user, case, text) or case, "desk"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The result, or that the engine is down."""
        context = super().get_context_data(**kwargs)
        request = self.request
        text = _query(request)
        filters = {
            field: request.GET.getlist(name)[:20]
            for name, (field, _label) in FILTERS.items()
            if name in request.GET
        }
        context.update(q=text, filters=filters, chips=chips(request.GET))
        if not text and not filters:
            return context
        page = request.GET.get("sida", "1")
        try:
            result = search_internal(self.user, text, filters, page_number(page))
        except SearchUnavailable:
            context["search_down"] = True
        else:
            context.update(result_context(request.GET, result, "desk"))
        return context


def _query(request: HttpRequest) -> str:
    """What was typed, no longer than anybody types."""
    return request.GET.get("q", "").strip()[:400]
