# SPDX-License-Identifier: EUPL-1.2
"""What councillors get on paper: all columns, no fields, and the reasons as they stand."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from django.db.models import QuerySet
from playwright.sync_api import Page

from casework.planning.enums import Occasion
from casework.planning.models import Round
from casework.planning.services import mark_open, set_frame
from casework.process.models import Candidacy
from casework.register.enums import LinkKind
from casework.register.services import link_cases
from tests import small_city as small
from tests.small_city import SmallCity

Visit = Callable[..., Page]
CUT = """[...document.querySelectorAll(".desk :is(th, td, svg)")]
    .filter(el => el.getBoundingClientRect().right > window.innerWidth + 1)
    .map(el => el.outerHTML.slice(0, 80))"""


@pytest.fixture
def six(city: SmallCity) -> Round:
    """Six ranked in a round with a frame, and one that hangs on another."""
    round_ = Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)
    mark_open(round=round_, actor=city.people["slk"])
    made = [small.with_group(city, f"Skolskjutsarnas karta {number}") for number in range(6)]
    # Past the machine, which has no short way there.
    rows: QuerySet[Candidacy] = QuerySet(Candidacy)
    keys = [small.candidacy_of(initiative) for initiative in made]
    rows.filter(pk__in=keys).update(round=round_, stage="ranked")
    set_frame(round=round_, tkr=90_000, actor=city.people["slk"])
    first, last = made[0].case, made[-1].case
    assert first is not None
    assert last is not None
    link_cases(
        case=last, kind=LinkKind.DEPENDS_ON, number=first.dnr, actor=city.people["handlaggare"]
    )
    return round_


def _printed(page: Page) -> list[tuple[bool, str]]:
    """Each sheet: whether it lies down, and its words on one line."""
    file = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    return [
        (sheet.get_width() > sheet.get_height(), _words(sheet.get_textpage().get_text_bounded()))
        for sheet in file
    ]


def _words(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


def test_8_a_wide_page_prints_all_its_columns(visit: Visit, city: SmallCity, six: Round) -> None:
    here = f"/admin/omgang/{six.slug}"
    page = visit(f"{here}/underlag/", user="slk")
    keys = page.locator("main input[name=initiativ]").evaluate_all("all => all.map(e => e.value)")
    action = page.locator("main form:has(input[name=initiativ])").get_attribute("action")
    compared = f"{action}?" + "&".join(f"initiativ={key}" for key in keys[:6])
    for address, expected in (
        (f"{here}/underlag/", ["Medborgare", "Därefter, per år", "Lag och säkerhet", "Beroenden"]),
        (f"{here}/helheten/", ["Därefter, per år", "Ram", "Kräver"]),
        (compared, [f"karta {number}" for number in range(6)]),
    ):
        page.goto(address)
        sheets = _printed(page)
        assert all(lies_down for lies_down, _text in sheets), address
        text = " ".join(text for _lies_down, text in sheets)
        assert [words for words in expected if words not in text] == [], address
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1032, "height": 700})  # A4 lying, within its margins
        assert page.evaluate(CUT) == [], address
        page.emulate_media(media="null")


def test_8_the_budget_line_prints_picture_and_what_is_tried_but_no_form(
    visit: Visit, city: SmallCity, six: Round
) -> None:
    page = visit(f"/admin/omgang/{six.slug}/budgetlinje/", user="slk")
    (upright, first), *rest = _printed(page)
    assert not upright
    assert "ramen" in first  # the picture's line
    whole = " ".join([first, *(text for _lies_down, text in rest)])
    assert "Prova andra ramar" not in whole
    assert "Måste göras" not in whole
    page.locator("input[name=maste]").first.check()
    page.locator("input[name='ram-.1.total']").fill("80000")
    page.get_by_role("button", name="Räkna om").click()
    page.wait_for_url("**ram-*")
    whole = " ".join(text for _lies_down, text in _printed(page))
    assert "Provat, inte beslutat" in whole
    assert "80 000 tkr (planerat 90 000 tkr)" in whole
    assert whole.count("måste göras") == 2  # where it is told what is tried, and in its row


def test_8_the_proposal_prints_reasons_as_text_and_neither_fields_nor_buttons(
    visit: Visit, city: SmallCity, six: Round
) -> None:
    page = visit(f"/admin/omgang/{six.slug}/forslag/", user="slk")
    page.locator("summary", has_text="Varför plats 1").click()
    page.locator("textarea").first.fill("Avtalet går ut i mars.")
    whole = " ".join(text for _lies_down, text in _printed(page))
    assert whole.count("Motivering till platsen") == 1
    assert "Avtalet går ut i mars." in whole
    assert "Flytta" not in whole
    page.emulate_media(media="print")
    assert page.locator("main :is(textarea, input, button):visible").count() == 0


def test_8_the_whole_is_no_wider_than_a_phone(visit: Visit, city: SmallCity, six: Round) -> None:
    page = visit(f"/admin/omgang/{six.slug}/helheten/", user="slk", width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".desk table:not(.desk-scroll *)").count() == 0


def test_8_a_tall_picture_of_what_hangs_on_what_is_printed_in_sheets(
    visit: Visit, city: SmallCity
) -> None:
    made = [small.with_group(city, f"Karta nummer {number}") for number in range(24)]
    for one, other in pairwise([*made, made[0]]):
        assert one.case is not None
        assert other.case is not None
        link_cases(
            case=one.case, kind=LinkKind.DEPENDS_ON, number=other.case.dnr,
            actor=city.people["handlaggare"],
        )  # fmt: skip
    page = visit(f"/admin/omgang/{city.round.slug}/helheten/", user="slk")
    sheets = _printed(page)
    told = [words for _lies, words in sheets if "Blad " in words]
    assert [f"Blad {number} av 3" in words for number, words in enumerate(told, 1)] == [True] * 3
    assert "Vad som hänger på vad" in told[0]  # the heading goes with it
    (first, *_middle, last) = made
    assert first.case is not None
    assert last.case is not None
    # Each box stands whole on one sheet, under its caption, and the table says which.
    assert first.case.dnr in told[0]
    assert last.case.dnr in told[2]
    assert not any(last.case.dnr in words for words in told[:2])
    table = " ".join(words for _lies, words in sheets)
    assert "Karta nummer 23 (blad 3)" in table
    assert "Karta nummer 0 (blad 1)" in table
