# SPDX-License-Identifier: EUPL-1.2
"""What the inbox's tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casework.inbox.services import Children


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    """Children that read mails, kept for all tests."""
    with Children() as kept:
        yield kept
