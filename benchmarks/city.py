# SPDX-License-Identifier: EUPL-1.2
"""What the benchmarks of the register share: a database of their own, and who registers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit


def setup() -> None:
    """Give a process its own connection."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    sys.path[:0] = [".", "site"]
    import django

    django.setup()


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """An empty, migrated PostgreSQL database beside the one of DATABASE_URL, dropped afterwards."""
    import psycopg

    given = os.environ["DATABASE_URL"]
    parts = urlsplit(given)
    with psycopg.connect(given, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}"')
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    setup()
    from django.core.management import call_command
    from django.db import connections

    try:
        call_command("migrate", verbosity=0)
        ensure_registrar()
        yield
    finally:
        connections.close_all()
        os.environ["DATABASE_URL"] = given
        with psycopg.connect(given, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def percentile(values: list[float], part: float) -> float:
    """The value below which that part of them lies."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def ensure_registrar() -> None:
    """Kommunstyrelsen, its series, and a registrar who is an officer too."""
    from casework.organisation.enums import Role
    from casework.organisation.models import Authority, User
    from casework.organisation.services import appoint
    from casework.register.services import ensure_series

    authority, _created = Authority.objects.get_or_create(
        code="KS", defaults={"name": "Kommunstyrelsen"}
    )
    ensure_series(authority)
    user, created = User.objects.get_or_create(username="registrator")
    if created:
        for role in (Role.REGISTRAR, Role.OFFICER):
            appoint(user=user, role=role, scope=authority, actor=None)
