# SPDX-License-Identifier: EUPL-1.2
"""The small city with its pages, and browsers of those who work there."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.city_with_pages import _built, city  # noqa: F401  fixtures are taken over by name
from tests.small_city import SmallCity


@pytest.fixture
def desk(client: Client, city: SmallCity) -> Client:
    """The officer's browser."""
    client.force_login(city.people["handlaggare"])
    return client


@pytest.fixture
def registrar(city: SmallCity) -> Client:
    """The registrar's browser."""
    client = Client()
    client.force_login(city.people["registrator"])
    return client
