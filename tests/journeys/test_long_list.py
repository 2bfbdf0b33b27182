# SPDX-License-Identifier: EUPL-1.2
"""A list in several parts by keyboard: over the edge, to a typed place, and from part to part."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework.prioritisation.enums import ListKind
from casework.prioritisation.selectors import newest
from casework.prioritisation.services import reopen_ranking, save_order
from tests import small_city as small
from tests.small_city import SmallCity
from ui import orders


@pytest.fixture
def five(city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Five on the area's open list, of which two stand on a part."""
    monkeypatch.setattr(orders, "PER_PAGE", 2)
    chair = city.people["ordforande"]
    reopen_ranking(area=city.round_area, actor=chair, reason="Fem till.")
    made = [small.candidacy_of(small.admitted(city, f"Karta {n}")) for n in range(5)]
    save_order(area=city.round_area, order=made, actor=chair)
    return made


def _kept(city: SmallCity) -> tuple[list[int], dict[int, str]]:
    draft = newest(city.round, ListKind.AREA, city.area)
    assert draft is not None
    items = list(draft.items.order_by("place"))
    reasons = {item.candidacy_id: item.reason for item in items if item.reason}
    return [item.candidacy_id for item in items], reasons


def test_8_a_long_list_is_moved_over_its_edges_and_keeps_what_was_written(
    visit: Callable[..., Page], city: SmallCity, five: list[int]
) -> None:
    a, b, c, d, e = five
    page = visit(
        f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/rangordning/", user="ordforande"
    )
    page.fill(f"#r{a}", "Lagen kräver det.")
    page.focus(f"#down-{a}")
    page.keyboard.press("Alt+ArrowDown")  # within the part nothing is sent
    expect(page.locator("[data-order-status]")).to_contain_text("inte sparad")
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowDown")  # over the edge
    expect(page).to_have_url(re.compile(rf"sida=2#down-{a}$"))
    expect(page.locator(f"#down-{a}")).to_be_focused()
    assert _kept(city) == ([b, c, a, d, e], {a: "Lagen kräver det."})
    page.fill(f"#r{d}", "Brådskar.")
    with page.expect_navigation():
        page.get_by_role("link", name="Nästa sida").click()  # saved on the way, nothing asked
    expect(page).to_have_url(re.compile("sida=3"))
    assert _kept(city)[1] == {a: "Lagen kräver det.", d: "Brådskar."}
    page.locator("summary", has_text="Till plats").click()
    page.locator(f"#to-{e}").fill("1")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(f"#up-{e}")).to_be_focused()
    assert _kept(city)[0] == [e, b, c, a, d]
    page.keyboard.press("Alt+ArrowUp")  # there is nothing above
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile(rf"rangordning/#up-{e}$"))
