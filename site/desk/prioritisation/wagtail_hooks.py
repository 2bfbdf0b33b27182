# SPDX-License-Identifier: EUPL-1.2
"""The lists' places in the desk; the menu leads to them through the rounds."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from wagtail import hooks

from desk.prioritisation import urls


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]
