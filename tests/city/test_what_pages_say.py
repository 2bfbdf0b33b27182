# SPDX-License-Identifier: EUPL-1.2
"""Small things that people stumbled on in the city's pages (issue 7, audit of use §2–§4)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.small_city import SmallCity
from ui.public_diary import public_cases

CSS = Path(__file__).resolve().parents[2] / "site/ui/static/css"


@pytest.fixture
def teacher(city: SmallCity) -> Client:
    """The browser of one who writes initiatives."""
    client = Client()
    client.force_login(city.people["larare"])
    return client


def test_s25_the_start_page_says_whom_an_initiative_is_for_and_what_others_do(
    client: Client, city: SmallCity
) -> None:
    text = client.get("/").content.decode()
    menu, _end, page = text.partition("</header>")
    home = reverse("originator_home")
    assert "Lämna ett initiativ" not in menu
    assert "För anställda" in menu
    assert page.count(f'href="{home}"') == 1
    assert "Bor eller verkar du i staden" in page
    assert "medborgarförslag" in page
    login = client.get(home, follow=True).content.decode()
    assert "Initiativ lämnas av den som arbetar i staden" in login
    assert "Det du hade skrivit" not in login


def test_an_order_knows_the_case_that_one_came_from(client: Client, city: SmallCity) -> None:
    """Annoying 21: the way back stands above, and the menu marks nothing that it is not."""
    case = public_cases().get(case=city.letter)
    page = client.get(reverse("order_record"), {"nr": f"{case.dnr}-1"}).content.decode()
    way = page[page.index('class="crumbs"') : page.index("</nav>", page.index('class="crumbs"'))]
    assert reverse("public_case", args=[case.slug]) in way
    assert reverse("public_diary") in way
    bare = client.get(reverse("order_record")).content.decode()
    assert 'aria-current="page">Diariet' not in bare
    assert client.get(reverse("order_record"), {"nr": "\x00"}).status_code == 200


def test_the_sign_in_asks_for_a_user_name(client: Client, city: SmallCity) -> None:
    """Annoying 22."""
    text = client.get("/logga-in/").content.decode()
    assert ">Användarnamn" in text
    assert ">Konto<" not in text


def test_steps_are_counted_and_optional_is_said_once(teacher: Client, city: SmallCity) -> None:
    """Polish: "steg 1 av 3" beside four steps, "(frivilligt) Frivilligt."."""
    pk = city.initiatives["draft"].pk
    for number in (1, 2, 3):
        page = teacher.get(reverse("originator_step", args=[pk, number])).content.decode()
        assert f"steg {number} av 4" in page
        at = page.index('class="steps"')
        steps = page[at : page.index("</ol>", at)]
        assert steps.count("<li") == 4
        assert "Frivilligt." not in page


def test_counts_agree_with_their_words(client: Client, city: SmallCity) -> None:
    """Polish: "1 beslutade"."""
    text = client.get("/").content.decode()
    assert not re.search(r"\b1 (beslutade|ärenden)\b", text)
    assert re.search(r"\b1 beslutat\b|\b[02-9] beslutade\b", text)


def test_only_numbers_of_the_diary_have_a_slashed_zero(client: Client, city: SmallCity) -> None:
    """Polish: every date read "2Ø26"."""
    rules = "".join((CSS / name).read_text("utf-8") for name in ("city.css", "parts.css"))
    assert re.findall(r"([^{}]+)\{[^}]*slashed-zero", rules)[0].strip().endswith(".dnr")
    assert rules.count("slashed-zero") == 1
    case = public_cases().get(case=city.letter)
    page = client.get(reverse("public_case", args=[case.slug])).content.decode()
    assert f'class="dnr case-head__dnr">{case.dnr}<' in page
    assert f'class="dnr">{case.dnr}<' in client.get("/diarium/").content.decode()


def test_a_tick_box_stands_apart_from_its_label() -> None:
    """Polish: the rule of plain labels beat the grid of the box."""
    rules = (CSS / "city.css").read_text("utf-8")
    assert ".field > label," not in rules
    assert ".field > label:not(.choice)" in rules


@pytest.mark.parametrize("name", ["404", "403", "500", "400"])
def test_error_pages_have_the_citys_icon(client: Client, city: SmallCity, name: str) -> None:
    """Polish: no favicon on error pages."""
    from django.template.loader import render_to_string

    request = client.get("/").wsgi_request
    text = render_to_string(f"{name}.html", request=None if name == "500" else request)
    assert 'rel="icon"' in text
