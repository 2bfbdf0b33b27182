# SPDX-License-Identifier: EUPL-1.2
"""Every address of the desk, as every role, tells nobody what they may not see (issue 6)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.views.defaults import page_not_found
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page

from casework.consultation.models import ExpertRequest
from casework.consultation.selectors import requests_to
from casework.consultation.services import answer_expert
from casework.disclosure.models import DisclosureRequest
from casework.prioritisation.models import OrderedList
from casework.prioritisation.services import reopen_ranking, save_order
from docgen.services.building import case_facts
from portal import errors
from search import services as search_services
from search import worker
from search.backends.tantivy import TantivyBackend
from search.documents import INDEXES
from search.engine import SearchEngine
from search.reconcile import rebuild_index
from tests.desk.walk.addresses import QUERIES, Address, addresses, wagtails
from tests.desk.walk.planted import LET_IN, ROLES, Planted, build
from ui.bulk import CaseBulkAction

WORD = re.compile(r"wqxvq[abcd]\w*")
KEYS = {"wqxvqd": re.compile(r"\b731\d{4}\b"), "wqxvqc": re.compile(r"\b732\d{4}\b")}


@pytest.fixture(scope="module")
def _planted(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """The city and an index of it, once for all tests of the module.

    Until they are done, search asks that index, which is written by a worker of its own, reads
    anew which words there are at each question, and no page keeps which templates it was made of.
    """
    patch = pytest.MonkeyPatch()
    engine = SearchEngine(TantivyBackend(Path(tmp_path_factory.mktemp("index"))))
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        planted = build()
        # To keep the templates' contexts takes time.
        patch.setattr("django.test.client.store_rendered_templates", lambda *_a, **_k: None)
        patch.setattr(search_services, "engine", lambda: engine)
        patch.setattr("search.engine.LEXICON_SECONDS", 0.0)
        patch.setattr(worker, "_drainer", worker.Drainer())
        for index in INDEXES:
            rebuild_index(engine.backend, index)
        yield planted
        transaction.set_rollback(True)
    patch.undo()


def _once_each(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is refused is refused by one page, which is looked at once for each person."""
    shown: set[object] = set()

    def answer(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
        key = (request.user.pk, status, template)
        if key in shown:
            return HttpResponse(status=status)
        shown.add(key)
        return page(request, status, template)

    return answer


def _missing_once_each() -> Callable[..., HttpResponse]:
    """The same of the admin's own page for what is not there."""
    answer = _once_each(lambda request, _status, template: page_not_found(request, "", template))  # type: ignore[arg-type]
    return lambda request, _exception, template_name: answer(request, 404, template_name)


@pytest.fixture
def refused_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused is looked at once; half of what a person asks for is."""
    monkeypatch.setattr(errors, "_page", _once_each(errors._page))
    monkeypatch.setattr("wagtail.admin.urls.page_not_found", _missing_once_each())


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
    response: Any = client.get(url)
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


# What is told hangs on the person; that every page can be asked of both databases, on neither.
ONE_DATABASE = pytest.mark.any_database
BOTH = {"registrator", "slk"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=[] if role in BOTH else ONE_DATABASE) for role in ROLES]
)
@pytest.mark.usefixtures("refused_once")
def test_no_address_tells(planted: Planted, role: str) -> None:
    client = as_(planted, role)
    statuses: dict[str, int] = {}
    faults = []
    for address in addresses(planted)[0]:
        if address.is_citys_own and role not in {"bara_offentligt", "admin"}:
            continue
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


@pytest.mark.any_database
@pytest.mark.parametrize("role", ["bara_offentligt", "admin", "superuser"])
def test_none_of_wagtails_own_addresses_tells(planted: Planted, role: str) -> None:
    """Choosers, usage, many at once, site history: also for the superuser (H4, M4)."""
    client = as_(planted, role)
    root = int(Page.objects.filter(depth=2).values_list("pk", flat=True)[0])
    faults = []
    for url in wagtails(root):
        response = get(client, url)
        words = told(planted, role, text_of(response), url)
        if response.status_code >= 500 or words:
            faults.append(f"{response.status_code} {url}: {sorted(words)[:4]}")
    assert not faults, "\n".join(["", *faults])


def test_reports_are_nothing_to_choose_or_to_delete_in_numbers(planted: Planted) -> None:
    """Wagtail's pages for that ask no access rule; the superuser could delete reports (H4)."""
    client, number = as_(planted, "superuser"), planted.objects["report"][0]
    for url in (
        "/admin/snippets/choose/docgen/report/",
        f"/admin/bulk/docgen/report/delete/?id={number}",
        f"/admin/tjansteutlatanden/text/delete/{number}/",
        f"/admin/arenden/delete/{planted.cases['secret'].pk}/",
    ):
        assert client.get(url).status_code == client.post(url).status_code == 404, url
    ours = {"access", "consultation", "docgen", "initiatives", "meetings", "process"}
    bulk_action_registry._scan_for_bulk_actions()
    assert not ours & set(bulk_action_registry.actions)
    found = bulk_action_registry.actions["register"]
    assert set(found) == {"case"}
    assert all(issubclass(action, CaseBulkAction) for action in found["case"].values())


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


HIDDEN_FROM_PUBLIC = ("wqxvqatitel", "wqxvqbtitel", "wqxvqchandling", "wqxvqdtitel")


@pytest.mark.slow
@pytest.mark.parametrize("role", ["bara_offentligt", "lasare", "ordforande", "registrator_sbn"])
def test_no_search_answers_otherwise_for_a_hidden_word(planted: Planted, role: str) -> None:
    """Neither list, filter, export nor search is an oracle on words that one is not shown."""
    client = as_(planted, role)
    faults = []
    for name, queries in QUERIES.items():
        for query in queries:
            if "{}" not in query:
                continue
            plain = _asked(client, name, query, "zzzznonsens")
            hidden = [w for w in HIDDEN_FROM_PUBLIC if role not in LET_IN[w[:6]]]
            if role not in LET_IN["wqxvqd"]:
                hidden.append(planted.number)
            for word in hidden:
                other = _unused(planted) if word == planted.number else "zzzznonsens"
                expected = plain if other == "zzzznonsens" else _asked(client, name, query, other)
                got = _asked(client, name, query, word)
                if name == "desk_search" and word == planted.number:
                    # Words such as "11" stand elsewhere too: only the number itself must not.
                    got, expected = str(got.count(word)), str(expected.count(other))
                if got != expected:
                    faults.append(f"{name}?{query} {word}")
    assert not faults, "\n".join(["", *faults])


def _unused(planted: Planted) -> str:
    """A number of as many digits, which no case has."""
    head, _slash, serial = planted.number.partition("/")
    return f"{head}/{'9' * len(serial)}"


def _asked(client: Client, name: str, query: str, word: str) -> str:
    """The answer to a question, without the question itself and what differs each time."""
    asked = query.replace("{}", word)
    response = get(client, f"{reverse(name)}?{asked}")
    body = text_of(response).partition("\n\n")[2]
    text = re.sub(r"\b[A-Za-z0-9]{64}\b", "", body)  # the form's own token
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", text)  # and its name
    for spelling in (word, quote(word, safe=""), quote_plus(word), quote(word)):
        text = text.replace(spelling, "?")
    return f"{response.status_code} {response.get('Location', '')} {text}"


def body(planted: Planted, role: str, address: str) -> str:
    """What a page says to one of the people."""
    return as_(planted, role).get(address).content.decode()


def test_h1_a_file_needs_more_than_publicity(planted: Planted) -> None:
    """A published record's file, and its name, hold what its public face leaves out."""
    case = planted.cases["published"]
    file = case.records.order_by("pk")[0].files.get()
    for role, status in (("bara_offentligt", 404), ("lasare_sbn", 404), ("lasare", 200)):
        assert as_(planted, role).get(f"/admin/fil/{file.pk}/").status_code == status, role
    assert "wqxvqafil" not in body(planted, "bara_offentligt", f"/admin/arende/{case.pk}/")
    assert "wqxvqafil" in body(planted, "lasare", f"/admin/arende/{case.pk}/")


def test_h2_the_history_is_silent_on_secret_records(planted: Planted) -> None:
    """Of an open case that holds one: to those who see the case and not the record."""
    case = planted.cases["open"]
    for address in (f"/admin/arende/{case.pk}/", f"/admin/arende/{case.pk}/handelser/"):
        assert "wqxvqc" not in body(planted, "lasare", address)
    assert "wqxvqcskäl" in body(planted, "handlaggare", f"/admin/arende/{case.pk}/handelser/")


def test_h3_a_list_shows_no_title_of_a_hidden_item(planted: Planted) -> None:
    slug = planted.city.round.slug
    for role, address in (
        ("slk", f"/admin/omgang/{slug}/forslag/"),
        ("ledamot", f"/admin/omgang/{slug}/grupp/pedagogiska/rangordning/"),
    ):
        text = body(planted, role, address)
        assert "Bokning" in text, "the others are there"
        assert not told(planted, role, text), address


def test_h5_a_link_tells_nobody_of_a_secret_case(planted: Planted) -> None:
    """Neither page nor history nor the Word file; the one who sees both sees the link."""
    case, number = planted.cases["open"], planted.number
    for address in (f"/admin/arende/{case.pk}/", f"/admin/arende/{case.pk}/handelser/"):
        assert not told(planted, "handlaggare2", body(planted, "handlaggare2", address))
        assert number in body(planted, "handlaggare", address)
    facts = case_facts(case)
    assert [link["dnr"] for link in facts["links"]] == [planted.cases["published"].dnr]


def test_h6_a_registrar_of_another_authority_registers_nothing_here(planted: Planted) -> None:
    case = planted.cases["published"]
    before = case.records.count()
    as_(planted, "registrator_sbn").post(
        "/admin/registrera/",
        {"existing": case.dnr, "title": "Inplanterad", "received_date": "2026-01-01"},
    )
    assert case.records.count() == before


def test_m4_correcting_a_decision_says_nothing_of_a_secret_case(planted: Planted) -> None:
    number = planted.objects["decision"][0]
    client = as_(planted, "bara_offentligt")
    assert client.get(f"/admin/beslut/{number}/ratta/").status_code == 404


def test_m5_a_hidden_item_keeps_its_place_and_reason(planted: Planted) -> None:
    """Whoever cannot see it can neither move it nor write on it, whatever is sent."""
    people, area = planted.city.people, planted.city.round_area
    reopen_ranking(area=area, actor=people["ordforande"], reason="Nytt.")
    hidden: int = planted.cases["secret"].initiative.process.candidacy_id or 0
    draft = OrderedList.objects.filter(kind="area", state="draft").latest("pk")
    first, second = (
        pk for pk in draft.items.order_by("place").values_list("candidacy", flat=True)
        if pk != hidden
    )  # fmt: skip
    save_order(area=area, actor=people["ledamot"], order=[second, first], reasons={hidden: "HACK"})
    rows = draft.items.order_by("place").values_list("candidacy", "reason")
    assert [pk for pk, _reason in rows] == [second, hidden, first]
    assert dict(rows)[hidden] == "wqxvqdplats"


def test_whose_question_was_taken_back_is_told_nothing_of_a_secret_case(planted: Planted) -> None:
    """An expert is let in by being asked, and no longer than that."""
    (asked,) = planted.objects["expert"]
    client = as_(planted, "ledamot")
    assert client.get(f"/admin/sakkunnig/{asked}/").status_code == 404
    ledamot = planted.city.people["ledamot"]
    with pytest.raises(PermissionDenied):
        answer_expert(request=ExpertRequest.objects.get(pk=asked), text="Ja", actor=ledamot)
    assert not requests_to(ledamot).filter(pk=asked).exists()


@pytest.mark.parametrize("role", ["bara_offentligt", "lasare", "handlaggare"])
def test_7_who_answers_no_requests_does_not_learn_that_there_are_any(
    planted: Planted, role: str
) -> None:
    """A reader was sent on by one that there was, and told of none where there was none."""
    client = as_(planted, role)
    there = DisclosureRequest.objects.values_list("pk", flat=True)[0]
    answers = {
        (response.status_code, response.headers.get("Location"))
        for number in (there, 99_999)
        for response in (get(client, f"/admin/utlamnande/{number}/"),)
    }
    assert len(answers) == 1
