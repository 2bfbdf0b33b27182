# SPDX-License-Identifier: EUPL-1.2
"""Besked: what the person was told, with what is new, and how they want to be told (R39, R64)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _l

from ui.base import DeskView
from ui.news import carry_out, news_context


class NewsView(DeskView):
    """The list, newest first; its forms mark it as read and choose how to be told."""

    template_name = "desk/feedback/news.html"
    header_icon = "mail"
    page_title = _l("Besked")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of what the person was told."""
        return super().get_context_data(
            **news_context(self.user, self.request.GET.get("sida")), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what was asked, then the page again."""
        carry_out(request, self.user)
        return redirect("desk_news")
