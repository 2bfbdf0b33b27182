# SPDX-License-Identifier: EUPL-1.2
"""Turns addresses from the environment (database, mail) into Django's settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env


def database_from_url(url: str, *, conn_max_age: int = 60) -> dict[str, Any]:
    """Return a DATABASES entry for ``sqlite:///path`` or ``postgres://user:pw@host:port/name``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)
        # sqlite:///relative/path and sqlite:////absolute/path, as elsewhere.
        name = path[1:] if path.startswith("/") else path
        return sqlite(Path(name))
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, Any] = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        # A page's queries are short, and their estimates large: compiling one took 115 ms of a
        # list of 100,000 cases that was read in less than one.
        options.setdefault("options", "-c jit=off")
        # What registers (journal/inserting.py) says the same few statements all day: the server
        # keeps them compiled. Django's own are not concerned.
        prepare = options.get("prepare_threshold", "5")
        options["prepare_threshold"] = None if prepare == "none" else int(prepare)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": conn_max_age,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL must start with sqlite:// or postgres://, not {parts.scheme!r}"
    )


def sqlite(path: Path) -> dict[str, Any]:
    """Return a DATABASES entry for a SQLite file that several processes may write to.

    IMMEDIATE makes a writer wait for its turn at BEGIN instead of failing halfway through, and
    WAL lets readers go on meanwhile.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-20000;"
            ),
        },
    }


def email_from_url(url: str) -> dict[str, Any]:
    """Return mail settings for ``console://``, ``file:///folder`` or ``smtp(s)://user:pw@host``."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme in {"smtp", "smtps", "smtp+tls"}:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
            "EMAIL_TIMEOUT": 20,
        }
    raise ImproperlyConfigured(
        "EMAIL_URL must start with console://, file://, smtp://, smtp+tls:// or smtps://"
    )


def city_login(env: Env) -> list[dict[str, Any]]:
    """Return the city's directory as the sign-in library wants it; nothing if none is set.

    ``CITY_LOGIN_URL`` is the issuer's address (OpenID Connect discovery), with ``CITY_LOGIN_ID``
    and ``CITY_LOGIN_SECRET``; ``CITY_LOGIN_NAME`` stands on the button.
    """
    url = env.str("CITY_LOGIN_URL", "")
    if not url:
        return []
    return [
        {
            "provider_id": "staden",
            "name": env.str("CITY_LOGIN_NAME", "stadens konto"),
            "client_id": env.str("CITY_LOGIN_ID"),
            "secret": env.str("CITY_LOGIN_SECRET"),
            "settings": {"server_url": url},
        }
    ]
