# SPDX-License-Identifier: EUPL-1.2
"""What a list's page shows after a refusal is what the server says, not what was kept (issue 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework.prioritisation.selectors import group_order
from casework.prioritisation.services import keep_rehearsal, reopen_ranking, save_order
from tests import small_city as small
from tests.small_city import SmallCity

KEPT = "Vi har fyllt i"


@pytest.fixture
def three(city: SmallCity) -> list[int]:
    """The area's open list, saved in this order."""
    chair = city.people["ordforande"]
    reopen_ranking(area=city.round_area, actor=chair, reason="Tre till.")
    for name in ("Etta", "Tvåa", "Trea"):
        small.admitted(city, name)
    order = group_order(city.round_area, chair)
    save_order(area=city.round_area, order=order, actor=chair)
    return order


def shown(page: Page) -> list[str]:
    fields = page.locator("[data-order] [name=order]")
    return [str(field.get_attribute("value")) for field in fields.all()]


def test_8_a_colleagues_order_stands_where_ones_own_came_too_late(
    visit: Callable[..., Page], city: SmallCity, three: list[int]
) -> None:
    here = f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/rangordning/"
    page = visit(here, user="ordforande")
    theirs = three[::-1]
    save_order(area=city.round_area, order=theirs, actor=city.people["ledamot"])
    page.locator(f"#down-{three[0]}").click()
    expect(page.get_by_text("Din ordning var")).to_be_visible()
    expect(page.get_by_text(KEPT)).to_have_count(0)
    assert shown(page) == [str(pk) for pk in theirs]
    page.get_by_role("button", name="Spara ordningen").click()
    expect(page.get_by_text("Ordningen är sparad")).to_be_visible()


def test_8_a_place_that_is_not_there_is_told_at_its_field_alone(
    visit: Callable[..., Page], city: SmallCity, three: list[int]
) -> None:
    keep_rehearsal(area=city.round_area, name="Min", actor=city.people["ordforande"])
    here = f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/rangordning/"
    page = visit(f"{here}prova/", user="ordforande")
    page.locator("[data-order] summary").first.click()
    page.fill(f"#to-{three[0]}", "99")
    page.keyboard.press("Enter")
    expect(page.locator(f"#to-{three[0]}")).to_be_focused()
    expect(page.locator(f"#to-{three[0]}")).to_have_value("99")
    expect(page.get_by_text(KEPT)).to_have_count(0)
