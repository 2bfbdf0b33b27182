# SPDX-License-Identifier: EUPL-1.2
"""The public pages show public fields of published cases, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from casework.register.enums import Outcome
from casework.register.models import DisclosureRequest, EarlierDecision, PublicCase
from casework.register.services import publish, unpublish
from casework.register.services.public_events import note_historic_event
from pages import public
from pages.models import FaultReport
from pages.views.search import page_number
from search.services import SearchUnavailable
from tests.small_city import SmallCity

PUBLIC = ("/", "/diarium/", "/pedagogiska/", "/om-modellen/")
FORBIDDEN = ("Karin Ask", "Hemligt ärende", "skyddat boende", "OSL 26:1")


@pytest.mark.parametrize("address", PUBLIC)
def test_no_page_tells_of_secret_cases_or_private_persons(
    client: Client, city: SmallCity, address: str
) -> None:
    body = client.get(address).content.decode()
    for words in FORBIDDEN:
        assert words not in body


def test_public_face_of_a_letter(client: Client, city: SmallCity) -> None:
    response = client.get(f"/arende/{public.cases().get(case=city.letter).slug}/")
    body = response.content.decode()
    assert "Skrivelse om belysning" in body
    assert "Privatperson" in body
    assert "Karin Ask" not in body
    assert 'content="noindex"' in body


def test_secret_case_answers_as_one_that_does_not_exist(client: Client, city: SmallCity) -> None:
    assert city.secret is not None
    secret = client.get(f"/arende/ks-{city.secret.year}-{city.secret.serial}/")
    missing = client.get(f"/arende/ks-{city.secret.year}-99999/")
    assert secret.status_code == missing.status_code == 404
    assert secret.content == missing.content


def test_unpublished_case_is_gone_at_once_and_comes_back(client: Client, city: SmallCity) -> None:
    case = city.case("registered")
    address = f"/arende/{public.cases().get(case=case).slug}/"
    unpublish(case=case, actor=city.people["registrator"])
    assert client.get(address).status_code == 404
    publish(case=case, actor=city.people["registrator"])
    assert client.get(address).status_code == 200


def test_publishing_late_and_again_tells_the_same(client: Client, city: SmallCity) -> None:
    case, registrar = city.case("decided"), city.people["registrator"]

    def told() -> tuple[object, ...]:
        row = public.cases().get(case=case)
        return public.line_of(row), public.events_of(row), public.decisions_of(row)

    before = told()
    assert before[0]
    assert before[1]
    unpublish(case=case, actor=registrar)
    PublicCase.objects.filter(case=case).delete()
    publish(case=case, actor=registrar)
    assert told() == before


def test_number_in_another_spelling_leads_to_the_case(client: Client, city: SmallCity) -> None:
    case = city.case("decided")
    response = client.get(f"/arende/ks {case.serial}%2F{case.year}/")
    assert response.status_code in {302, 404}
    response = client.get(f"/arende/KS {case.year}/{case.serial}/")
    assert response.status_code == 302
    assert response["Location"] == f"/arende/ks-{case.year}-{case.serial}/"


def test_line_shows_the_loop_and_where_it_ended(city: SmallCity) -> None:
    decided = public.line_of(public.cases().get(case=city.case("decided")))
    states = {stage.label: stage.state for stage in decided}
    assert states["Kommunfullmäktige"] == "done"
    assert states["Genomförande"] == "now"
    assert "Idé" not in states  # before the diary nothing is public
    assert any(stage.loops for stage in decided)
    rejected = public.line_of(public.cases().get(case=city.case("rejected")))
    assert [stage.state for stage in rejected].count("stopped") == 1


def test_decisions_stand_with_body_and_reason(client: Client, city: SmallCity) -> None:
    case = public.cases().get(case=city.case("decided"))
    first = public.decisions_of(case)[0]
    assert first.decider == "Kommunfullmäktige"
    assert first.reference == "KF § 12"
    assert "Ryms inom ramen" in first.reason


def test_case_from_before_with_dates_known_only_roughly(client: Client, city: SmallCity) -> None:
    letter = public.cases().get(case=city.letter)
    for when, words, body in (
        ("2005-12", "Ett avtal skrevs.", "Staden"),
        ("2006", "Ett förslag prövades.", ""),
        ("2007-12-06", "Tjänsteutlåtande.", "Stadsledningskontoret"),
    ):
        note_historic_event(case=city.letter, when=when, body_name=body, words=words)
    letter.outcome = Outcome.APPROVED
    letter.save()
    body = client.get(f"/arende/{letter.slug}/").content.decode()
    order = [body.index(words) for words in ("6 december 2007", ">2006<", "december 2005")]
    assert order == sorted(order)
    assert "Inget har beslutats" not in body


def test_diary_filters_and_takes_few_queries(
    client: Client, city: SmallCity, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        body = client.get("/diarium/?typ=letter").content.decode()
    assert "belysning" in body
    assert "Gemensam frånvaroanmälan" not in body
    assert "Inga ärenden här" in client.get("/diarium/?ar=1987").content.decode()
    assert client.get("/diarium/?ar=x&typ=zz&sida=-3").status_code == 200


def test_start_page_takes_a_constant_number_of_queries(
    client: Client, city: SmallCity, django_assert_max_num_queries: object
) -> None:
    client.get("/")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        body = client.get("/").content.decode()
    assert body.count('class="tag tag--') >= 2
    assert body.count("<h3>") >= 5


def test_order_needs_no_name_and_a_double_click_orders_once(
    client: Client, city: SmallCity
) -> None:
    empty = client.post("/bestall/", {"text": ""})
    assert "Skriv vad du vill se." in empty.content.decode()
    order = {"text": "Skrivelsen om belysning", "number": "KS 2026/5-1", "contact": ""}
    for _click in range(2):
        assert client.post("/bestall/", order)["Location"] == "/bestall/tack/"
    made = DisclosureRequest.objects.get()
    assert made.contact == ""
    assert client.get("/bestall/tack/").status_code == 200


def test_order_keeps_what_was_typed(client: Client, city: SmallCity) -> None:
    body = client.post("/bestall/", {"text": "", "contact": "Storgatan 1"}).content.decode()
    assert "Storgatan 1" in body
    assert 'href="#id_text"' in body
    assert 'aria-describedby="id_text-hint id_text-error"' in body


def test_fault_report(client: Client, city: SmallCity) -> None:
    page = client.post("/tillganglighet/", {"text": "Knappen går inte att nå."}, follow=True)
    assert "Vi har tagit emot din anmälan" in page.content.decode()
    assert FaultReport.objects.count() == 1


def test_earlier_decision(client: Client, city: SmallCity) -> None:
    row = EarlierDecision.objects.create(
        external_id="a", title="Motion <om> skolmat", body="Rad 1", url="javascript:alert(1)"
    )
    body = client.get(f"/tidigare-beslut/{row.pk}/").content.decode()
    assert "Motion &lt;om&gt; skolmat" in body
    assert "javascript:" not in body


def test_search_says_when_the_engine_is_down(
    client: Client, city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: object, **kwargs: object) -> None:
        raise SearchUnavailable

    monkeypatch.setattr("pages.views.search.search_public", down)
    response = client.get("/sok/?q=skola")
    assert response.status_code == 503
    assert "Sökningen är avstängd en stund" in response.content.decode()


def test_search_by_number_opens_the_case(client: Client, city: SmallCity) -> None:
    case = city.case("decided")
    response = client.get("/sok/", {"q": f"ks {case.year}/{case.serial}"})
    assert response.status_code == 302
    secret = city.secret
    assert secret is not None


def test_pages_send_a_strict_content_policy(client: Client, city: SmallCity) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    picture = client.get("/processen.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in picture["Content-Security-Policy"]


def test_health_tells_of_database_and_worker(client: Client, db: None) -> None:
    assert client.get("/halsa/").json() == {"database": "ok", "worker": "silent"}


@pytest.mark.parametrize("page", ["-1", "abc", "0", "9" * 5_000, "²", ""])
def test_a_page_number_that_is_none_shows_the_first_page(page: str) -> None:
    """Python refuses to read a number of 5,000 digits; a visitor's address must not end in 500."""
    assert page_number(page) in (0, 1)  # the search itself goes to the nearest page
