# SPDX-License-Identifier: EUPL-1.2
"""The small city, for tests of the services; built once for each module."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest

from tests import small_city
from tests.built_once import built_once
from tests.small_city import SmallCity


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: object) -> Iterator[SmallCity]:
    with built_once(django_db_blocker, small_city.build) as city:
        yield city


@pytest.fixture
def city(_built: SmallCity, db: None) -> SmallCity:
    """One person per role and a handful of matters on their way."""
    return deepcopy(_built)
