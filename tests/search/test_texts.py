# SPDX-License-Identifier: EUPL-1.2
"""The city's own decisions are found by a sentence in their answers, reasons and reports."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register import services
from casework.register.enums import Direction, RecordKind
from casework.register.models import Case
from casework.register.services.registration import ensure_series
from search.backends.base import SearchBackend
from search.backends.tantivy import TantivyBackend
from search.documents import INDEXES, INTERNAL_INDEX, PUBLIC_INDEX, writes_for
from search.engine import SearchEngine
from search.indexing import Indexer
from search.models import ObjectType

ANSWER = "Vårdnadshavare ringer till skolan"
REASON = "Stor nytta för fritidshemmen"
NOTE = "Kompletteras av kontaktpersonen Berglund"
REPORT = "Stadsledningskontoret tillstyrker anslutningen"
SECRET = "Säkerhetsklassad serverhall i Brunnsberget"


@pytest.fixture(params=["tantivy", pytest.param("es", marks=pytest.mark.service("elasticsearch"))])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """Both engines, empty."""
    backend: SearchBackend
    if request.param == "tantivy":
        backend = TantivyBackend(tmp_path)
        yield _ready(backend)
        return
    from search.backends.elasticsearch import ElasticsearchBackend

    url = request.getfixturevalue("elasticsearch_url")
    backend = ElasticsearchBackend(url, f"texts-{uuid.uuid4().hex[:8]}")
    yield _ready(backend)
    for name in backend.client.indices.get(index=f"{backend.prefix}*"):
        backend.client.indices.delete(index=name)


def _ready(backend: SearchBackend) -> SearchEngine:
    for index in INDEXES:
        backend.ensure(index)
    return SearchEngine(backend)


@pytest.fixture
def case(db: None) -> Case:
    """A published case with an answer, a body's reason, a note, a report and a secret record."""
    authority = Authority.objects.create(code="KS", name="Kommunstyrelsen")
    registrar = User.objects.create(username="registrator")
    appoint(user=registrar, role=Role.REGISTRAR, scope=authority, actor=None)
    case = services.register_case(
        series=ensure_series(authority), title="Frånvaroanmälan", actor=registrar,
        received_date=timezone.localdate(),
    )  # fmt: skip
    services.write_text(case=case, kind="answer", key="need", text=ANSWER)
    services.write_text(case=case, kind="reason", key="step-1", text=REASON, is_public=True)
    services.write_text(case=case, kind="reason", key="step-2", text=NOTE)
    for title, text, provision in (("Utlåtande", REPORT, ""), ("Bilaga", SECRET, "OSL 18:8")):
        services.register_record(
            case=case, kind=RecordKind.REPORT, direction=Direction.ESTABLISHED, title=title,
            text=text, received_date=timezone.localdate(), secrecy_provision=provision, actor=None,
        )  # fmt: skip
    services.publish(case=case, actor=None)
    return case


def index(engine: SearchEngine, case: Case) -> None:
    """Bring both indexes into step, as the worker does."""
    for name in INDEXES:
        indexer = Indexer(engine.backend, name)
        indexer.write(list(writes_for(name, ObjectType.CASE, {case.pk: 1})))
        indexer.save_lexicon(now=True)
        engine.backend.refresh(name)
    engine.forget_lexicons()


def found(engine: SearchEngine, index: str, text: str, *tokens: str) -> list[str]:
    result = engine.search(index, f'"{text}"' if " " not in text else text, frozenset(tokens))
    return [hit.id for hit in result.hits]


def test_a_sentence_finds_the_case(engine: SearchEngine, case: Case) -> None:
    index(engine, case)
    inside, document = f"authority:{case.authority_id}", f"case:{case.pk}"
    for text in (ANSWER, REASON, NOTE, REPORT):
        assert found(engine, INTERNAL_INDEX, text, inside, "public") == [document], text
    assert found(engine, PUBLIC_INDEX, REASON, "public") == [document]
    for text in (ANSWER, NOTE, REPORT):
        assert found(engine, PUBLIC_INDEX, text, "public") == [], text
        assert found(engine, INTERNAL_INDEX, text, "public") == [], text


def test_the_text_of_a_secret_record_is_in_no_document(engine: SearchEngine, case: Case) -> None:
    index(engine, case)
    registrar = f"registrar:{case.authority_id}"
    assert found(engine, INTERNAL_INDEX, SECRET, registrar, "public") == []
    assert found(engine, PUBLIC_INDEX, SECRET, "public") == []


def test_a_void_case_is_found_by_number_and_title_only(engine: SearchEngine, case: Case) -> None:
    actor = User.objects.get(username="registrator")
    services.void_case(case=case, reason="Dubblett", actor=actor)
    index(engine, case)
    inside, document = f"authority:{case.authority_id}", f"case:{case.pk}"
    assert found(engine, INTERNAL_INDEX, REASON, inside) == []
    assert found(engine, INTERNAL_INDEX, "Frånvaroanmälan", inside) == [document]
    assert found(engine, INTERNAL_INDEX, case.dnr, inside) == [document]
    assert found(engine, PUBLIC_INDEX, "Frånvaroanmälan", "public") == []


def test_the_filters_hold_codes(engine: SearchEngine, case: Case) -> None:
    index(engine, case)
    facets = engine.search(PUBLIC_INDEX, "", frozenset({"public"})).facets
    assert [value.value for value in facets["type"]] == ["other"]
