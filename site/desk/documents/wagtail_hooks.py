# SPDX-License-Identifier: EUPL-1.2
"""The documents' place in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from desk.documents import urls
from desk.documents.viewsets import ReportViewSet

register_snippet(ReportViewSet)


@hooks.register("register_admin_urls")
def document_urls() -> list[Any]:
    """The reports' pages."""
    return [path("tjansteutlatanden/", include(urls))]
