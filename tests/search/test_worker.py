# SPDX-License-Identifier: EUPL-1.2
"""Outbox, worker, comparison and rebuild, from the database to the index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from casework.organisation.models import User
from casework.register.importing import import_decisions
from casework.register.models import Case, EarlierDecision
from casework.register.services import publish
from search import worker
from search.backends.base import ItemResult, Outcome, SearchUnavailable, Write
from search.documents import INTERNAL_INDEX, PUBLIC_INDEX
from search.engine import SearchEngine
from search.models import ObjectType, OutboxRow, OutboxState
from search.reconcile import compare
from search.services import index_state, search_internal, search_public, similar_decisions

pytestmark = pytest.mark.django_db


def drain_all() -> None:
    while worker.drain():
        pass


def decisions(*titles: str) -> None:
    lines = [f'{{"id": "d{n}", "title": "{title}"}}'.encode() for n, title in enumerate(titles)]
    import_decisions(lines)


def test_a_registration_waits_in_the_outbox_and_is_then_found(case: Case, registrar: User) -> None:
    assert index_state().waiting > 0
    drain_all()
    state = index_state()
    assert (state.waiting, state.parked, state.reachable, state.in_step) == (0, 0, True, True)
    hits = search_internal(registrar, case.dnr).hits
    assert [(hit.kind, hit.pk, hit.title) for hit in hits] == [("case", case.pk, case.title)]
    assert search_public("kartplattform").total == 0


def test_publication_reaches_the_public_index_with_public_fields_only(
    case: Case, registrar: User
) -> None:
    publish(case=case, actor=registrar, summary="En karta för alla.")
    drain_all()
    hit = search_public("kartplattform").hits[0]
    assert (hit.pk, hit.title, hit.url) == (case.pk, "Kartplattform", case.public.slug)
    assert search_public("gemensam").total == 0


def test_a_rollback_leaves_no_outbox_row(case: Case, registrar: User) -> None:
    before = OutboxRow.objects.count()
    with transaction.atomic():
        publish(case=case, actor=registrar)
        assert OutboxRow.objects.count() > before
        transaction.set_rollback(True)
    assert OutboxRow.objects.count() == before


def test_changes_of_one_object_are_sent_once(
    case: Case, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        publish(case=case, actor=registrar)
    assert worker.drain() == 1
    assert not OutboxRow.objects.exists()


def test_similar_decisions_are_found_before_the_index_knows_the_case(
    case: Case, registrar: User
) -> None:
    decisions("Kartplattform för regionen", "Snöröjning")
    OutboxRow.objects.filter(object_type=ObjectType.CASE).delete()
    drain_all()
    assert [hit.title for hit in similar_decisions(case, registrar, 3)] == [
        "Kartplattform för regionen"
    ]


class Stubborn:
    """Wraps an engine whose bulk fails in a way that a test chooses."""

    def __init__(self, backend: Any, broken: bool = False) -> None:
        self._backend, self.broken = backend, broken

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def bulk(self, index: str, writes: list[Write], target: str | None = None) -> list[ItemResult]:
        if self.broken:
            raise SearchUnavailable("no route")
        bad = [write for write in writes if write.document and "trasig" in write.document.title]
        good = self._backend.bulk(index, [write for write in writes if write not in bad], target)
        results = {result.id: result for result in good}
        failed = {write.id: ItemResult(write.id, Outcome.FAILED, "unreadable") for write in bad}
        return [(results | failed)[write.id] for write in writes]


@pytest.fixture
def stubborn(city_search: SearchEngine) -> Iterator[Stubborn]:
    city_search.backend = Stubborn(city_search.backend)  # type: ignore[assignment]
    return city_search.backend  # type: ignore[return-value]


def test_what_keeps_failing_is_parked_where_it_is_seen(stubborn: Stubborn) -> None:
    decisions("Något annat", "trasig post", "Hel post")
    for _ in range(worker.MAX_ATTEMPTS):
        OutboxRow.objects.update(not_before=None)
        worker.drain()
    row = OutboxRow.objects.get()
    assert (row.state, row.error) == (OutboxState.PARKED, "unreadable")
    assert index_state().parked == 1
    assert search_public("hel").total == 1
    worker.drain()
    EarlierDecision.objects.filter(title="trasig post").update(title="lagad post")
    OutboxRow.objects.create(object_type="decision", object_id=row.object_id, change_number=2)
    worker.drain()
    assert not OutboxRow.objects.exists()


def test_a_failed_change_waits_before_it_is_tried_again(stubborn: Stubborn) -> None:
    decisions("trasig post")
    assert worker.drain() == 1
    assert worker.drain() == 0
    assert OutboxRow.objects.get().attempts == 1


def test_with_the_engine_down_nothing_is_lost(case: Case, stubborn: Stubborn) -> None:
    stubborn.broken = True
    assert worker.drain() == 0
    waiting = OutboxRow.objects.count()
    assert waiting
    assert OutboxRow.objects.filter(attempts__gt=0).count() == 0
    stubborn.broken = False
    assert worker.drain() == 0  # it rests before it tries again
    worker._drainer._resume_at = 0.0
    drain_all()
    assert OutboxRow.objects.count() == 0


def test_an_object_that_cannot_be_read_does_not_stop_the_others(
    city_search: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    decisions("Bra", "Dålig", "Också bra")
    real = Write.upsert

    def upsert(document: Any) -> Write:
        if document.title == "Dålig":
            raise ValueError("no")
        return real(document)

    monkeypatch.setattr(Write, "upsert", upsert)
    worker.drain()
    assert OutboxRow.objects.get().attempts == 1
    assert search_public("bra").total == 2


def test_check_and_rebuild_agree_with_the_database(
    case: Case, registrar: User, city_search: SearchEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(case=case, actor=registrar)
    decisions("Ett", "Två")
    for index in (INTERNAL_INDEX, PUBLIC_INDEX):
        city_search.backend.ensure(index)
    with pytest.raises(SystemExit):
        call_command("check_index")
    assert "saknas" in capsys.readouterr().out
    call_command("rebuild_index", verbosity=0)
    call_command("check_index")
    backend = city_search.backend
    backend.bulk(PUBLIC_INDEX, [Write.delete(f"case:{case.pk}", case.change_number + 5)])
    EarlierDecision.objects.filter(title="Ett").update(change_number=9)
    difference = compare(backend, PUBLIC_INDEX)
    assert (len(difference.missing), len(difference.stale), len(difference.surplus)) == (1, 1, 0)
    Case.objects.filter(pk=case.pk).update(change_number=50)
    call_command("rebuild_index", verbosity=0)
    call_command("check_index")


def test_commands_say_when_there_is_no_index(city_search: SearchEngine) -> None:
    with pytest.raises(CommandError, match="svarar inte"):
        call_command("check_index")
    assert not index_state().reachable
