# SPDX-License-Identifier: EUPL-1.2
"""The place of expediering in the desk."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from wagtail import hooks

from desk.dispatch import urls


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]
