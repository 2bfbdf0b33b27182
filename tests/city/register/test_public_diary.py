# SPDX-License-Identifier: EUPL-1.2
"""The public pages show public fields of published cases, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from casework.register.models import DisclosureRequest, EarlierDecision
from casework.register.services import publish, unpublish
from city.register import presenters
from tests.small_city import SmallCity
from ui.public_diary import public_cases

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
    response = client.get(f"/arende/{public_cases().get(case=city.letter).slug}/")
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
    address = f"/arende/{public_cases().get(case=case).slug}/"
    unpublish(case, actor=city.people["registrator"])
    assert client.get(address).status_code == 404
    publish(case, actor=city.people["registrator"])
    assert client.get(address).status_code == 200


def test_number_in_another_spelling_leads_to_the_case(client: Client, city: SmallCity) -> None:
    case = city.case("decided")
    response = client.get(f"/arende/ks {case.serial}%2F{case.year}/")
    assert response.status_code in {302, 404}
    response = client.get(f"/arende/KS {case.year}/{case.serial}/")
    assert response.status_code == 302
    assert response["Location"] == f"/arende/ks-{case.year}-{case.serial}/"


def test_line_shows_the_loop_and_where_it_ended(city: SmallCity) -> None:
    decided = presenters.line_of(public_cases().get(case=city.case("decided")))
    states = {stage.label: stage.state for stage in decided}
    assert states["Kommunfullmäktige"] == "done"
    assert states["Genomförande"] == "now"
    assert "Idé" not in states  # before the diary nothing is public
    assert any(stage.loops for stage in decided)
    rejected = presenters.line_of(public_cases().get(case=city.case("rejected")))
    assert [stage.state for stage in rejected].count("stopped") == 1


def test_decisions_stand_with_body_and_reason(client: Client, city: SmallCity) -> None:
    case = public_cases().get(case=city.case("decided"))
    first = presenters.decisions_of(case)[0]
    assert first.decider == "Kommunfullmäktige"
    assert first.reference == "KF § 12"
    assert "Ryms inom ramen" in first.reason


def test_case_from_before_with_dates_known_only_roughly(client: Client, city: SmallCity) -> None:
    letter = public_cases().get(case=city.letter)
    letter.events = [
        {"date": "2005-12", "text": "Ett avtal skrevs.", "body": "Staden"},
        {"date": "2006", "text": "Ett förslag prövades.", "body": ""},
        {"date": "2007-12-06", "text": "Tjänsteutlåtande.", "body": "Stadsledningskontoret"},
    ]
    letter.outcome = "Bifallet"
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


def test_earlier_decision(client: Client, city: SmallCity) -> None:
    row = EarlierDecision.objects.create(
        external_id="a", title="Motion <om> skolmat", body="Rad 1", url="javascript:alert(1)"
    )
    body = client.get(f"/tidigare-beslut/{row.pk}/").content.decode()
    assert "Motion &lt;om&gt; skolmat" in body
    assert "javascript:" not in body
