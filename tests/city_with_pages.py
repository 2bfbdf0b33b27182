# SPDX-License-Identifier: EUPL-1.2
"""One small city per module; each test's own changes are rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from city.content.ensure import ensure_pages
from tests import small_city
from tests.small_city import SmallCity


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: object) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            city = small_city.build()
            ensure_pages()
            yield city
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture
def city(_built: SmallCity, db: None) -> SmallCity:
    """The small city, with its pages."""
    return _built
