# SPDX-License-Identifier: EUPL-1.2
"""The small city, for tests of the services."""

from __future__ import annotations

import pytest

from tests import small_city
from tests.small_city import SmallCity


@pytest.fixture
def city(db: None) -> SmallCity:
    """One person per role and a handful of matters on their way."""
    return small_city.build()
