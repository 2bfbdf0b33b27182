# SPDX-License-Identifier: EUPL-1.2
"""The documents' place in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from docgen import urls
from docgen.viewsets import ReportViewSet

register_snippet(ReportViewSet)


@hooks.register("register_admin_urls")
def document_urls() -> list[Any]:
    """The reports' pages."""
    return [path("tjansteutlatanden/", include(urls))]


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """The few styles of the reports' pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("docgen/docgen.css"))
