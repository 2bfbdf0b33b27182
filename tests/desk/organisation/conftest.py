# SPDX-License-Identifier: EUPL-1.2
"""The administrator's browser, and one of somebody who is none."""

from __future__ import annotations

import pytest
from django.test import Client

from casework.organisation.models import User
from tests.small_city import SmallCity


@pytest.fixture
def admin_user(city: SmallCity) -> User:
    """The administrator, who is no superuser."""
    user = User.objects.get(pk=city.people["admin"].pk)
    assert not user.is_superuser
    return user


@pytest.fixture
def admin(client: Client, admin_user: User) -> Client:
    """The administrator's browser."""
    client.force_login(admin_user)
    return client
