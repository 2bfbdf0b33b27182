# SPDX-License-Identifier: EUPL-1.2
"""One small city per module, with its pages."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest

from city.content.ensure import ensure_pages
from tests import small_city
from tests.built_once import built_once
from tests.foundation import ensure_roots
from tests.small_city import SmallCity


def _build() -> SmallCity:
    ensure_roots()
    city = small_city.build()
    ensure_pages()
    return city


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: object) -> Iterator[SmallCity]:
    with built_once(django_db_blocker, _build) as city:
        yield city


@pytest.fixture
def city(_built: SmallCity, db: None) -> SmallCity:
    """The small city, with its pages."""
    return deepcopy(_built)
