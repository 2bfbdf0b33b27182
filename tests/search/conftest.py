# SPDX-License-Identifier: EUPL-1.2
"""A search engine of its own for each test that asks for one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register.models import Case
from casework.register.services import register_case
from casework.register.services.registration import ensure_series
from search import worker
from search.backends.tantivy import TantivyBackend
from search.engine import SearchEngine


@pytest.fixture
def city_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SearchEngine:
    """An empty embedded engine that services and worker use for the length of a test."""
    engine = SearchEngine(TantivyBackend(tmp_path))
    monkeypatch.setattr("search.services.engine", lambda: engine)
    monkeypatch.setattr("search.engine.LEXICON_SECONDS", 0.0)
    monkeypatch.setattr(worker, "_drainer", worker.Drainer())
    return engine


@pytest.fixture
def registrar() -> User:
    return User.objects.create_user("registrator", password=None)


@pytest.fixture
def case(registrar: User, city_search: SearchEngine) -> Case:
    authority = Authority.objects.create(name="Kommunstyrelsen", code="KS")
    for role in (Role.OFFICER, Role.REGISTRAR):
        appoint(user=registrar, role=role, scope=authority, actor=None)
    return register_case(
        actor=registrar,
        series=ensure_series(authority),
        title="Gemensam kartplattform",
        title_public="Kartplattform",
        received_date=dt.date(2026, 1, 2),
        officer=registrar,
    )
