# SPDX-License-Identifier: EUPL-1.2
"""The desk's search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.consultation.services import (
    Asked,
    add_consultee,
    open_consultation,
    state_no_consultation,
)
from casework.meetings.models import Meeting
from casework.meetings.services import (
    approve_minutes,
    close_meeting,
    register_minutes_extract,
)
from casework.register.enums import RecordKind
from casework.register.models import Case, Record
from desk.search.panels import similar_context
from docgen.services import create_report, finish_report, save_draft
from search import services as search_services
from search.documents import INDEXES
from search.engine import SearchEngine
from search.reconcile import rebuild_index
from tests.small_city import SmallCity, registered
from ui.case_file import CaseFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def search_down(settings: object) -> Iterator[None]:
    """An engine at an address where nothing listens."""
    settings.SEARCH_URL = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    search_services._engine.cache_clear()
    yield
    search_services._engine.cache_clear()


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


@pytest.fixture
def indexed(city: SmallCity, city_search: SearchEngine) -> SmallCity:
    """The small city, with everything in the index."""
    for index in INDEXES:
        rebuild_index(city_search.backend, index)
    return city


def test_facets_and_chips_stand_in_words_and_hold_codes(desk: Client, indexed: SmallCity) -> None:
    """Codes in the address, words on the page."""
    text = desk.get("/admin/sok/?q=chattj%C3%A4nst").content.decode()
    assert "utfall=rejected" in text
    assert "Avslaget" in text
    assert ">rejected<" not in text
    assert "Pedagogiska området" in text
    narrowed = desk.get("/admin/sok/?q=chattj%C3%A4nst&utfall=rejected").content.decode()
    assert "Utfall: Avslaget" in narrowed
    assert "Ta bort filtret" in narrowed
    assert "chattjänst" in narrowed
    nothing = desk.get("/admin/sok/?q=chattj%C3%A4nst&utfall=approved").content.decode()
    assert "Utan filter finns" in nothing


def test_a_hit_leads_to_the_case_at_the_desk(desk: Client, indexed: SmallCity) -> None:
    case = indexed.case("registered")
    text = desk.get("/admin/sok/?q=skolv%C3%A4gar").content.decode()
    assert f'href="{reverse("desk_case", args=[case.pk])}"' in text


def test_a_number_that_is_one_case_opens_it(desk: Client, city: SmallCity) -> None:
    case = city.case("registered")
    answer = desk.get("/admin/sok/", {"q": case.dnr.lower()})
    assert answer["Location"] == reverse("desk_case", args=[case.pk])
    assert city.secret is not None
    hidden = desk.get("/admin/sok/", {"q": city.secret.dnr})
    assert hidden.status_code == 200


def test_publicity_alone_finds_no_internal_word(city: SmallCity, indexed: SmallCity) -> None:
    """OSL 5:2: somebody at the desk whom only publicity lets in finds the public face."""
    client = Client()
    client.force_login(city.people["ordforande"])
    found = client.get("/admin/sok/", {"q": "belysning Ekbacken"}).content.decode()
    assert "belysning" in found
    assert "Karin Ask" not in found
    assert "Karin Ask" not in client.get(
        "/admin/sok/", {"q": "Karin Ask"}
    ).content.decode().replace("”Karin Ask”", "").replace('value="Karin Ask"', "")


def test_a_sentence_of_a_finished_report_finds_its_case(
    desk: Client, city: SmallCity, city_search: SearchEngine
) -> None:
    """R60: the city's own reports are found by what they say."""
    case = city.case("registered")
    officer = city.people["handlaggare"]
    state_no_consultation(case=case, reason="Det rör intern drift.", actor=officer)
    report = create_report(case=case, actor=officer)
    newest = report.get_latest_revision_as_object()
    section = newest.sections.all()[0]
    section.body = "<p>Cykelbarometern visar vägen.</p>"
    newest.sections = [section, *newest.sections.all()[1:]]
    save_draft(report=newest, actor=officer)
    finish_report(report=report, actor=officer)
    for index in INDEXES:
        rebuild_index(city_search.backend, index)
    text = desk.get("/admin/sok/?q=cykelbarometern").content.decode()
    assert reverse("desk_case", args=[case.pk]) in text


def test_what_leaves_the_house_is_found_by_its_sentences(
    desk: Client, city: SmallCity, city_search: SearchEngine
) -> None:
    """Remiss, one more consultee, receipt and minutes are records with their text (issue 6)."""
    people, case = city.people, city.case("registered")
    remiss = open_consultation(
        case=case, consultees=[Asked(name="Lärarförbundet")], question="Behövs vägvisare?",
        deadline=timezone.localdate(), actor=people["handlaggare"],
    )  # fmt: skip
    add_consultee(consultation=remiss, asked=Asked(name="Elevrådet"), actor=people["handlaggare"])
    decided = city.case("decided")
    meeting = Meeting.objects.get(body=city.bodies["grupp-pedagogiska"])
    close_meeting(meeting=meeting, actor=people["ordforande"])
    approve_minutes(meeting=meeting, actor=people["ordforande"])
    kinds = Record.objects.filter(case=case).values_list("kind", flat=True)
    assert list(kinds).count(RecordKind.REMISS_OUT) == 2
    extracts = Record.objects.filter(case=decided, kind=RecordKind.MINUTES_EXTRACT)
    told = decided.decisions.filter(meeting=meeting)
    assert extracts.count() == told.count() > 0
    register_minutes_extract(decision=told[0], actor=people["ordforande"])  # once is enough
    assert extracts.count() == told.count()
    for index in INDEXES:
        rebuild_index(city_search.backend, index)
    for sentence, found in (
        ("Behövs vägvisare?", case),
        ("Remissinstanser Elevrådet", case),
        ("Vi har tagit emot initiativet och gett det diarienummer", case),
        ("Protokollsutdrag prioritering", decided),
    ):
        page = desk.get("/admin/sok/", {"q": sentence}).content.decode()
        assert reverse("desk_case", args=[found.pk]) in page, sentence


def test_s22_similar_decisions_say_the_outcome_in_words_or_that_there_is_none(
    indexed: SmallCity,
) -> None:
    officer = indexed.people["handlaggare"]
    chat = registered(indexed, "Chattjänst för gymnasiet")
    assert chat.case is not None
    case = Case.objects.shown_to(officer).get(pk=chat.case.pk)
    found = similar_context(officer, CaseFile(case=case))["similar"]
    assert isinstance(found, list)
    assert {outcome for _hit, _url, outcome in found} == {"Avslaget"}
    assert all(url.startswith("/admin/") for _hit, url, _outcome in found)
    lonely = Case.objects.shown_to(officer).get(pk=indexed.case("registered").pk)
    assert similar_context(officer, CaseFile(case=lonely))["similar"] == []
    client = Client()
    client.force_login(officer)
    page = client.get(reverse("desk_case", args=[lonely.pk])).content.decode()
    assert "finns inget som liknar det här" in page


def test_year_and_serial_open_the_one_case_that_has_them(desk: Client, city: SmallCity) -> None:
    """Use, annoying 20: "2026/35" gave a list of one, at the desk and outside."""
    case = city.case("registered")
    text = f"{case.year}/{case.serial}"
    assert desk.get("/admin/sok/", {"q": text})["Location"] == reverse("desk_case", args=[case.pk])
    assert Client().get("/sok/", {"q": text})["Location"] == f"/arende/{case.public.slug}/"
    assert city.secret is not None
    hidden = f"{city.secret.year}/{city.secret.serial}"
    assert desk.get("/admin/sok/", {"q": hidden}).status_code == 200
    assert "Location" not in Client().get("/sok/", {"q": hidden})
