# SPDX-License-Identifier: EUPL-1.2
"""The pages on which lists are judged and decided, at the widths that people have (issue 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework.prioritisation.services import reopen_ranking
from tests import small_city as small
from tests.small_city import SmallCity

LONG = "Planering av hemtjänstens rutter över förvaltningarnas gränser"


@pytest.fixture
def decided(city: SmallCity) -> str:
    """The address where kommunfullmäktige decides, with an initiative of a long name."""
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    one = small.admitted(city, LONG)
    small.fix_list(city, one)
    small.hand_over(city, one)
    small.recommend(city, one)
    return f"/admin/omgang/{city.round.slug}/fullmaktige/"


def test_8_the_office_reads_its_list_on_the_whole_width(
    visit: Callable[..., Page], city: SmallCity, decided: str
) -> None:
    page = visit(f"/admin/omgang/{city.round.slug}/forslag/", user="slk")
    table = page.locator(".desk-table").bounding_box()
    assert table is not None
    assert table["width"] > 850


def test_8_the_words_of_a_step_do_not_run_under_the_arrow_of_their_field(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    small.admitted(city, LONG)
    group = f"/admin/omgang/{city.round.slug}/grupp/pedagogiska"
    page = visit(f"{group}/min-bedomning/", user="ledamot")
    room = page.locator(".judge__row select").first.evaluate(
        "field => parseFloat(getComputedStyle(field).paddingRight)"
    )
    assert room >= 36


def width_of(page: Page, start: str) -> float:
    box = page.locator(f"[name^={start}-]").last.bounding_box()
    assert box is not None
    return box["width"]


def test_8_all_that_is_asked_of_a_decision_fits_the_page_and_an_amount_its_field(
    visit: Callable[..., Page], decided: str
) -> None:
    page = visit(decided, user="beslut")
    sizes = page.locator(".desk-scroll").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert sizes[0] <= sizes[1], "no column is cut off"
    assert width_of(page, "amount") >= 80
    later = page.get_by_label("Skjuts upp till").last
    expect(later).to_be_hidden()
    page.locator("[name^=verdict-]").last.select_option("defer_decision")
    expect(later).to_be_visible()


def test_8_on_a_phone_every_field_of_a_decision_says_what_it_is(
    visit: Callable[..., Page], decided: str
) -> None:
    page = visit(decided, user="beslut", width=320)
    told = page.locator("tr:has([name^=verdict-])").last.evaluate(
        """row => [...row.cells]
            .filter(cell => getComputedStyle(cell, '::before').content !== 'none')
            .map(cell => cell.dataset.label)"""
    )
    assert told[-3:] == ["Beslut", "Belopp, tkr", "Skäl"]
