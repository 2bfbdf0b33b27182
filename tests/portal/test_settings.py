# SPDX-License-Identifier: EUPL-1.2
"""The environment decides, and production refuses to start half configured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.env import database_from_url, email_from_url

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "initiativ.example",
    "DATABASE_URL": "postgres://u:p@db/initiativ",
    "BASE_URL": "https://initiativ.example",
    "MEDIA_ROOT": "/srv/media",
    "EMAIL_URL": "smtp+tls://u:p@mail.example",
}


def _load_production(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings.production as s; print(s.DEMO, s.DEBUG)"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_complete() -> None:
    done = _load_production(COMPLETE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "False False"


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_production_names_what_is_missing(name: str) -> None:
    done = _load_production({key: value for key, value in COMPLETE.items() if key != name})
    assert done.returncode != 0
    assert name in done.stderr


def test_database_addresses() -> None:
    lite = database_from_url("sqlite:////srv/x.db")
    assert str(lite["NAME"]) == "/srv/x.db"
    assert lite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    city = database_from_url("postgres://u:p%40ss@db:5433/initiativ?sslmode=require")
    assert (city["PASSWORD"], city["PORT"], city["NAME"]) == ("p@ss", "5433", "initiativ")
    options = {"sslmode": "require", "options": "-c jit=off", "prepare_threshold": 5}
    assert city["OPTIONS"] == options
    pooled = database_from_url("postgres://db/initiativ?prepare_threshold=none")
    assert pooled["OPTIONS"]["prepare_threshold"] is None
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        database_from_url("mysql://db/x")


def test_mail_addresses() -> None:
    assert email_from_url("console://")["EMAIL_BACKEND"].endswith("console.EmailBackend")
    smtp = email_from_url("smtp+tls://u:p@mail.example")
    assert (smtp["EMAIL_PORT"], smtp["EMAIL_USE_TLS"]) == (587, True)
    with pytest.raises(ImproperlyConfigured):
        email_from_url("imap://x")


def test_7_what_the_server_writes_is_for_its_own_user_alone() -> None:
    """Database and index were readable by all; the index holds titles of secret cases."""
    command = "import manage, sys; sys.argv[1:] = ['check']; manage.main()"
    for start in ("import portal.wsgi", command):
        done = subprocess.run(
            [sys.executable, "-c", f"import os; os.umask(0o022); {start}; print(oct(os.umask(0)))"],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
                "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            },
            capture_output=True, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
        assert done.stdout.splitlines()[-1] == "0o77"


def test_7_no_title_in_the_log_and_no_picture_that_fills_the_memory(settings: Any) -> None:
    """Wagtail logged ”Edited: KS 2026/39 …”, which stayed after the case was marked secret."""
    assert settings.LOGGING["loggers"]["wagtail"]["level"] == "WARNING"
    assert settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS <= 60_000_000


def test_7_two_cities_of_one_user_share_no_control_socket() -> None:
    assert "control_socket_disable = True" in (ROOT / "gunicorn.conf.py").read_text()
