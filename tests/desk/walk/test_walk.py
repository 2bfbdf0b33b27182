# SPDX-License-Identifier: EUPL-1.2
"""Every address of the desk, as every role, tells nobody what they may not see (issue 6)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from search import services as search_services
from search import worker
from search.backends.tantivy import TantivyBackend
from search.documents import INDEXES
from search.engine import SearchEngine
from search.reconcile import rebuild_index
from tests.desk.walk.addresses import QUERIES, Address, addresses
from tests.desk.walk.planted import LET_IN, ROLES, Planted, build

WORD = re.compile(r"wqxvq[abcd]\w*")
KEYS = {"wqxvqd": re.compile(r"\b731\d{4}\b"), "wqxvqc": re.compile(r"\b732\d{4}\b")}


@pytest.fixture(scope="module")
def _planted(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """The city, and an index of it."""
    patch = pytest.MonkeyPatch()
    engine = SearchEngine(TantivyBackend(Path(tmp_path_factory.mktemp("index"))))
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        planted = build()
        patch.setattr(search_services, "engine", lambda: engine)
        patch.setattr("search.engine.LEXICON_SECONDS", 0.0)
        patch.setattr(worker, "_drainer", worker.Drainer())
        for index in INDEXES:
            rebuild_index(engine.backend, index)
        yield planted
        transaction.set_rollback(True)
    patch.undo()


@pytest.fixture
def planted(_planted: Planted, db: None) -> Planted:
    """The city; what a test changes is rolled back."""
    return _planted


def as_(planted: Planted, role: str) -> Client:
    """The browser of one of the people; a fault is an answer, not an exception."""
    client = Client(raise_request_exception=False)
    client.force_login(planted.city.people[role])
    return client


def get(client: Client, url: str) -> HttpResponse:
    """The answer; what a redirect wants to say on the next page is left aside."""
    response = client.get(url)
    client.cookies.pop("messages", None)
    return response


def text_of(response: HttpResponse) -> str:
    """All that an answer says: head, body, and what a file that it sends holds inside."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            body = b"\n".join(package.read(name) for name in package.namelist())
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{heads}\n\n{body.decode('utf-8', 'replace')}"


def told(planted: Planted, role: str, text: str, address: str = "") -> set[str]:
    """What of all that stands in a text must not reach the person."""
    found = {word for word in WORD.findall(text) if role not in LET_IN[word[:6]]}
    shown = text.replace(address, "") if address else text
    for prefix, keys in KEYS.items():
        if role not in LET_IN[prefix]:
            found |= set(keys.findall(shown))
    if role not in LET_IN["wqxvqd"] and re.search(rf"{re.escape(planted.number)}\b", text):
        found.add(planted.number)
    return found


def test_every_address_is_declared(planted: Planted) -> None:
    found, unknown = addresses(planted)
    assert not unknown, "say in addresses.py what these tell of"
    assert len(found) > 150


@pytest.mark.parametrize("role", ROLES)
def test_no_address_tells(planted: Planted, role: str) -> None:
    client = as_(planted, role)
    statuses: dict[str, int] = {}
    faults = []
    for address in addresses(planted)[0]:
        response = get(client, address.url)
        if response.status_code >= 500:
            faults.append(f"{response.status_code} {address.url}")
            continue
        words = told(planted, role, text_of(response), address.url.partition("?")[0])
        if words:
            faults.append(f"{address.url}: {sorted(words)[:4]}")
        if address.is_secret and role not in LET_IN["wqxvqd"]:
            faults += _otherwise_than_missing(client, address, response, statuses)
    assert not faults, "\n".join(["", *faults])


def _otherwise_than_missing(
    client: Client, address: Address, response: HttpResponse, statuses: dict[str, int]
) -> list[str]:
    """A secret thing answers as one that does not exist."""
    if address.twin not in statuses:
        statuses[address.twin] = get(client, address.twin).status_code
    missing = statuses[address.twin]
    if response.status_code == missing:
        return []
    return [f"{address.url}: {response.status_code}, a missing one {missing}"]


HIDDEN_FROM_PUBLIC = (
    "wqxvqatitel",
    "wqxvqaperson",
    "wqxvqbtitel",
    "wqxvqchandling",
    "wqxvqdtitel",
    "wqxvqdfråga",
)


@pytest.mark.parametrize("role", ("bara_offentligt", "lasare", "ordforande", "registrator_sbn"))
def test_no_search_answers_otherwise_for_a_hidden_word(planted: Planted, role: str) -> None:
    """Neither list, filter, export nor search is an oracle on words that one is not shown."""
    client = as_(planted, role)
    faults = []
    for name, queries in QUERIES.items():
        for query in queries:
            if "{}" not in query or name in {"desk_records", "desk_case_history"}:
                continue
            plain = _asked(client, name, query, "zzzznonsens")
            hidden = [w for w in HIDDEN_FROM_PUBLIC if role not in LET_IN[w[:6]]]
            if role not in LET_IN["wqxvqd"]:
                hidden.append(planted.number)
            for word in hidden:
                other = _unused(planted) if word == planted.number else "zzzznonsens"
                expected = plain if other == "zzzznonsens" else _asked(client, name, query, other)
                if _asked(client, name, query, word) != expected:
                    faults.append(f"{name}?{query} {word}")
    assert not faults, "\n".join(["", *faults])


def _unused(planted: Planted) -> str:
    """A number of as many digits, which no case has."""
    head, _slash, serial = planted.number.partition("/")
    return f"{head}/{'9' * len(serial)}"


def _asked(client: Client, name: str, query: str, word: str) -> str:
    """The answer to a question, without the question itself and what differs each time."""
    response = get(client, f"{reverse(name)}?{query.format(word)}")
    body = text_of(response).partition("\n\n")[2]
    text = re.sub(r"\b[A-Za-z0-9]{64}\b", "", body)  # the form's own token
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", text)  # and its name
    for spelling in (word, quote(word, safe=""), quote_plus(word), quote(word)):
        text = text.replace(spelling, "?")
    return f"{response.status_code} {response.get('Location', '')} {text}"
