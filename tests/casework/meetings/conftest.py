# SPDX-License-Identifier: EUPL-1.2
"""The city of bodies, for the tests of this room."""

from __future__ import annotations

import pytest

from tests.casework import bodies
from tests.casework.bodies import Bodies


@pytest.fixture
def bodies_city(db: None) -> Bodies:
    """The model's bodies with people in their seats."""
    return bodies.build()
