# SPDX-License-Identifier: EUPL-1.2
"""The desk's search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search import services as search_services
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def search_down(settings: object) -> Iterator[None]:
    """An engine at an address where nothing listens."""
    settings.SEARCH_URL = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    search_services._engine.cache_clear()
    yield
    search_services._engine.cache_clear()


def test_the_desk_goes_on_without_the_search_engine(
    desk: Client, city: SmallCity, search_down: None
) -> None:
    began = timezone.now()
    first = desk.get("/admin/").content.decode()
    page = desk.get(reverse("desk_case", args=[city.case("registered").pk])).content.decode()
    found = desk.get("/admin/sok/?q=karta").content.decode()
    assert timezone.now() - began < dt.timedelta(seconds=10)
    assert "Sökningen svarar inte just nu. Det går att registrera" in first
    assert "Sökningen svarar inte just nu. Ärendet kan handläggas" in page
    assert "Sökningen svarar inte just nu. Diariet fungerar" in found
