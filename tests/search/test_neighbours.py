# SPDX-License-Identifier: EUPL-1.2
"""An engine that hangs, and an index that somebody has deleted (issue 7: M7, M8)."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.organisation.models import User
from casework.register.models import Case
from casework.register.services import mark_secret, publish
from search import patience, services, worker
from search.backends.base import SearchUnavailable
from search.backends.elasticsearch import ElasticsearchBackend
from search.documents import INTERNAL_INDEX, PUBLIC_INDEX
from search.engine import SearchEngine
from search.models import OutboxRow
from search.reconcile import compare
from search.services import changed_in_public, closed_meanwhile
from tests.search.test_worker import drain_all

EVERYBODY = frozenset({"public"})


@pytest.fixture
def hanging() -> Iterator[SearchEngine]:
    """An engine that takes the call and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        taken: list[socket.socket] = []

        def take() -> None:
            try:
                while True:
                    taken.append(listener.accept()[0])
            except OSError:
                return

        threading.Thread(target=take, daemon=True).start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield SearchEngine(ElasticsearchBackend(address, "hanging"))
        for each in taken:
            each.close()


def ask(engine: SearchEngine) -> float:
    started = time.monotonic()
    with pytest.raises(SearchUnavailable):
        engine.search(PUBLIC_INDEX, "belysning", EVERYBODY)
    return time.monotonic() - started


def test_m7_a_page_waits_two_seconds_at_most_and_the_next_one_not_at_all(
    hanging: SearchEngine,
) -> None:
    assert ask(hanging) < patience.PAGE_S + 1
    assert ask(hanging) < 0.2
    with pytest.raises(SearchUnavailable):
        hanging.similar_to_text(INTERNAL_INDEX, "belysning", "", EVERYBODY)


def test_m7_only_two_pages_wait_at_a_time(hanging: SearchEngine) -> None:
    with ThreadPoolExecutor(12) as pool:
        waits = sorted(pool.map(ask, [hanging] * 12))
    assert waits[-1] < patience.PAGE_S + 1
    assert sum(wait > patience.PAGE_S * 0.75 for wait in waits) <= patience.READERS


def test_m7_it_is_asked_again_after_a_rest(
    hanging: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PAGE_S", 0.2)
    monkeypatch.setattr(patience, "REST_S", 0.1)
    assert ask(hanging) >= 0.1
    assert ask(hanging) < 0.1
    time.sleep(0.15)
    assert ask(hanging) >= 0.1


@pytest.mark.django_db
def test_m7_the_page_says_so(
    client: Client, hanging: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "engine", lambda: hanging)
    answer = client.get("/sok/?q=belysning")
    assert answer.status_code == 503
    assert "Sökningen" in answer.content.decode()


@pytest.mark.django_db
def test_m8_a_deleted_index_is_noticed_and_built_anew(
    case: Case, registrar: User, city_search: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(case=case, actor=registrar)
    drain_all()
    shutil.rmtree(city_search.backend.root)  # type: ignore[attr-defined]
    monkeypatch.setattr(worker, "_drainer", worker.Drainer())
    assert worker.drain() == 0, "nothing waits in the outbox"
    for index in (INTERNAL_INDEX, PUBLIC_INDEX):
        assert compare(city_search.backend, index).count == 0
    assert services.search_public("kartplattform").total == 1


@pytest.mark.django_db
def test_what_only_adds_is_not_looked_at_by_every_search(case: Case, registrar: User) -> None:
    publish(case=case, actor=registrar)
    assert OutboxRow.objects.filter(narrows=False).exists()
    assert closed_meanwhile(EVERYBODY) == frozenset()
    assert changed_in_public() == frozenset()


@pytest.mark.django_db
def test_what_hides_is_left_out_at_once(case: Case, registrar: User) -> None:
    publish(case=case, actor=registrar)
    drain_all()
    mark_secret(case=case, provision="OSL 21:1", reason="Skyddade uppgifter.", actor=registrar)
    assert changed_in_public() == {f"case:{case.pk}"}
    assert closed_meanwhile(EVERYBODY) == {f"case:{case.pk}", f"twin:{case.pk}"}


@pytest.mark.django_db
def test_9_what_was_hidden_meanwhile_is_looked_up_and_no_register_is_gone_through() -> None:
    """Asked with each search and on each page of a case: every case was looked at for it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # an empty table is read whole sooner than looked up
            cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as asked:
        closed_meanwhile(EVERYBODY)
    (question,) = asked.captured_queries
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {question['sql']}")
        plan = str(cursor.fetchall())
    assert "case_published_until" in plan
    assert "Seq Scan on register_case " not in plan
    assert "SCAN register_case" not in plan
