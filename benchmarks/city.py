# SPDX-License-Identifier: EUPL-1.2
"""What the benchmarks of the register share: a database of their own, and who registers."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
import uuid
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


def letter_form(series: int) -> dict[str, str]:
    """What the registrar types of a letter, each its own.

    The same title and sender twice within minutes is asked about.
    """
    token = str(uuid.uuid4())
    return {
        "token": token,
        "series": str(series),
        "case_type": "letter",
        "direction": "in",
        "title": f"Klagomål på snöröjning {token[:8]}",
        "party": "Privatperson",
        "received_date": time.strftime("%Y-%m-%d"),
    }


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def web_server(
    *, workers: int = 2, threads: int = 4, preload: bool = False
) -> Iterator[tuple[int, int]]:
    """Web workers as `make run` starts them: the port, and the process that started them.

    Args:
        workers: how many.
        threads: of each.
        preload: load and warm the house once, so that another worker is there at once.
    """
    port = free_port()
    module = "benchmarks.warm" if preload else "portal.wsgi"
    command = [
        sys.executable, "-m", "gunicorn", f"{module}:application", "--bind", f"127.0.0.1:{port}",
        "--workers", str(workers), "--threads", str(threads), "--timeout", "60",
        "--log-level", "critical" if preload else "error", *(["--preload"] if preload else []),
    ]  # fmt: skip
    web = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": ".:site"})
    try:
        _await(port)
        yield port, web.pid
    finally:
        web.terminate()
        try:
            web.wait(15)
        except subprocess.TimeoutExpired:
            web.kill()


def _await(port: int) -> None:
    """Wait until the web server answers."""
    for _second in range(120):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/halsa/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The web server did not start.")
