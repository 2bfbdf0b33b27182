# SPDX-License-Identifier: EUPL-1.2
"""The judgements' places in the desk; the round and the group's list lead to them."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from wagtail import hooks

from desk.assessment import urls


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The notion's pages."""
    return [path("", include(urls))]
