# SPDX-License-Identifier: EUPL-1.2
"""The desk's pages without a browser: how many queries, and what wrong input leads to."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.process.enums import Stage
from casework.register.enums import Direction
from casework.register.models import Case, Record
from casework.register.services import register_record
from pages.heartbeat import beat
from pages.models import WorkerHeartbeat
from search import services as search_services
from tests.small_city import SmallCity, _registered

DASHBOARD_QUERIES = 16
"""What the first page costs an officer, however much waits."""
CASE_QUERIES = 38
"""What the page of a case costs its officer, however many records and events it has."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, city: SmallCity) -> Client:
    """The officer's browser."""
    client.force_login(city.people["handlaggare"])
    return client


@pytest.fixture
def registrar(city: SmallCity) -> Client:
    """The registrar's browser."""
    client = Client()
    client.force_login(city.people["registrator"])
    return client


@pytest.fixture
def search_down(settings: object) -> Iterator[None]:
    """An engine at an address where nothing listens."""
    settings.SEARCH_URL = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    search_services._engine.cache_clear()
    yield
    search_services._engine.cache_clear()


def queries(client: Client, address: str) -> int:
    """How many queries the page takes, once the session and the site are warm."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_first_page_takes_a_constant_number_of_queries(desk: Client, city: SmallCity) -> None:
    before = queries(desk, "/admin/")
    for number in range(5):
        _registered(city, f"Ännu en karta {number}")
    assert queries(desk, "/admin/") == before
    assert before <= DASHBOARD_QUERIES


def test_a_case_takes_a_constant_number_of_queries(desk: Client, city: SmallCity) -> None:
    case = city.case("decided")
    address = reverse("desk_case", args=[case.pk])
    register_record(
        actor=city.people["registrator"], case=case, direction=Direction.INCOMING, title="Brev",
        received_date=timezone.localdate(),
    )  # fmt: skip
    before = queries(desk, address)
    for number in range(5):
        register_record(
            actor=city.people["registrator"], case=case, direction=Direction.INCOMING,
            title=f"Brev {number}",
            received_date=timezone.localdate(),
        )  # fmt: skip
    assert queries(desk, address) == before
    assert before <= CASE_QUERIES


def letter(**fields: object) -> dict[str, object]:
    """A letter's form, filled in."""
    return {
        "token": str(uuid.uuid4()),
        "title": "Klagomål på snöröjning",
        "received_date": timezone.localdate().isoformat(),
        "case_type": "letter",
        "direction": "in",
        **fields,
    }


def series(client: Client) -> object:
    """The registrar's series as the form offers it."""
    return client.get("/admin/registrera/").context["form"].fields["series"].queryset.first().pk


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("rapport.docm", b"PK\x03\x04x"), "kan innehålla makron"),
        (SimpleUploadedFile("stor.pdf", b"%PDF-1.7" + b"0" * (30 << 20)), "Största tillåtna"),
        (SimpleUploadedFile("program.exe", b"MZ"), "tas emot"),
    ],
    ids=["macro", "30 MB", "program"],
)
def test_a_file_that_is_refused_registers_nothing(
    registrar: Client, file: SimpleUploadedFile, sentence: str
) -> None:
    cases, records = Case.objects.count(), Record.objects.count()
    file.seek(0)
    answer = registrar.post("/admin/registrera/", letter(series=series(registrar), files=file))
    assert answer.status_code == 422
    assert any(sentence in error for error in answer.context["form"].errors["files"])
    assert "Klagomål på snöröjning" in answer.content.decode()
    assert (Case.objects.count(), Record.objects.count()) == (cases, records)
    next_one = registrar.post("/admin/registrera/", letter(series=series(registrar)))
    assert next_one.status_code == 302


def test_empty_fields_are_told_at_the_fields(registrar: Client) -> None:
    cases = Case.objects.count()
    answer = registrar.post("/admin/registrera/", letter(title="", received_date="i går"))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "received_date", "series"}
    text = answer.content.decode()
    assert "Skriv datumet som 2026-11-23" in text
    assert 'href="#id_title"' in text
    assert Case.objects.count() == cases


def test_a_stale_page_takes_no_decision(desk: Client, city: SmallCity) -> None:
    initiative = _registered(city, "Karta över badplatser")
    address = reverse("desk_decide", args=[initiative.pk, "accept_scope"])
    assert desk.post(address, {"ground": "cross"}).status_code == 302
    again = desk.post(address, {"ground": "cross"})
    assert again.status_code == 422
    assert "Det går inte i det här läget" in again.content.decode()
    initiative.process.refresh_from_db()
    assert initiative.process.stage == Stage.IN_PREPARATION
    assert initiative.process.steps.filter(transition="accept_scope").count() == 1


def test_a_decision_without_mandate_is_refused_in_words(registrar: Client, city: SmallCity) -> None:
    initiative = _registered(city, "Karta över lekplatser")
    address = reverse("desk_decide", args=[initiative.pk, "accept_scope"])
    answer = registrar.post(address, {"ground": "cross"})
    assert answer.status_code == 422
    assert "får bara fattas av" in answer.content.decode()
    initiative.process.refresh_from_db()
    assert initiative.process.stage == Stage.REGISTERED


def test_after_signing_out_a_form_leads_to_signing_in_and_back(city: SmallCity) -> None:
    address = reverse("desk_decide", args=[city.initiatives["registered"].pk, "accept_scope"])
    answer = Client().post(address, {"ground": "cross"})
    assert answer.status_code == 302
    assert answer.url == f"/logga-in/?next={address}"


def test_the_desk_goes_on_without_the_search_engine(
    desk: Client, city: SmallCity, search_down: None
) -> None:
    began = timezone.now()
    first = desk.get("/admin/").content.decode()
    page = desk.get(reverse("desk_case", args=[city.case("registered").pk])).content.decode()
    found = desk.get("/admin/sok/?q=karta").content.decode()
    assert timezone.now() - began < dt.timedelta(seconds=10)
    assert "Sökningen svarar inte just nu. Det går att registrera" in first
    assert "Sökningen svarar inte just nu. Ärendet kan handläggas" in page
    assert "Sökningen svarar inte just nu. Diariet fungerar" in found


def test_a_silent_worker_is_told_on_the_first_page(desk: Client, city: SmallCity) -> None:
    beat()
    assert "Bakgrundsarbetet står stilla" not in desk.get("/admin/").content.decode()
    WorkerHeartbeat.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    assert "Bakgrundsarbetet står stilla" in desk.get("/admin/").content.decode()
