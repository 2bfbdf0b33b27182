# SPDX-License-Identifier: EUPL-1.2
"""The desk's forms: wrong input loses nothing, twice sent is once, the keyboard is enough."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from casework.prioritisation.services import reopen_ranking
from casework.register.models import Case
from tests import small_city as small
from tests.browser import press
from tests.small_city import SmallCity


def test_a_wrong_date_keeps_what_was_typed(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/registrera/", user="registrator")
    page.fill("#id_title", "Klagomål på snöröjning")
    page.fill("#id_received_date", "2099-01-01")
    page.keyboard.press("Escape")
    press(page.get_by_role("button", name="Registrera", exact=True))
    expect(page.locator(".desk-errors")).to_contain_text("framtiden")
    expect(page.locator("#id_title")).to_have_value("Klagomål på snöröjning")
    assert not Case.objects.filter(title="Klagomål på snöröjning").exists()


def test_a_letter_becomes_a_case_once_however_often_it_is_sent(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    page = visit("/admin/registrera/", user="registrator")
    page.fill("#id_title", "Klagomål på snöröjning")
    page.set_input_files(
        "#id_files",
        {"name": "brev.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x\n%%EOF"},
    )
    form = page.locator("form.desk-form")
    form.evaluate("form => { form.removeAttribute('data-once'); form.submit(); form.submit(); }")
    page.wait_for_url("**/arende/**")
    assert Case.objects.filter(title="Klagomål på snöröjning").count() == 1
    case = Case.objects.get(title="Klagomål på snöröjning")
    assert case.records.count() == 1
    expect(page.get_by_role("link", name="brev.pdf")).to_be_visible()


def test_slash_moves_to_the_search_field(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/", user="registrator")
    page.keyboard.press("/")
    expect(page.locator("[data-desk-search]")).to_be_focused()


def test_slash_finds_the_search_from_a_page_that_has_none(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    """Use, annoying 1; with S23, the title is not under the menu's button on a phone."""
    page = visit(f"/admin/arende/{city.case('registered').pk}/", user="registrator")
    page.keyboard.press("/")
    expect(page.locator("#desk-jump-q")).to_be_focused()
    page.goto("/admin/arenden/")
    page.keyboard.press("/")
    expect(page.locator("input[name=q]")).to_be_focused()
    page.goto("/admin/registrera/")
    expect(page.locator("#id_existing")).to_be_focused()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/admin/")
    button = page.locator(".sidebar-nav-toggle").bounding_box()
    title = page.get_by_role("heading", level=1).bounding_box()
    assert button is not None
    assert title is not None
    assert title["y"] >= button["y"] + button["height"]


def test_a_row_of_the_proposal_moves_by_keyboard(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    """Use, annoying 18: from place twelve to one were eleven reloads."""
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Tre till.")
    made = [small.admitted(city, name) for name in ("Cykelkarta", "Lekplatskarta", "Badkarta")]
    small.fix_list(city, *made)
    page = visit(f"/admin/omgang/{city.round.slug}/forslag/", user="slk")
    page.fill("#frame", "1 000")
    press(page.get_by_role("button", name="Spara ordning, motiveringar och ram"))
    rows = page.locator("tr:has([name=order])")
    expect(rows).to_have_count(3)
    last = rows.last.locator("a").first.inner_text()
    button = rows.last.get_by_role("button", name="Upp")
    button.focus()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    expect(rows.first.locator("a").first).to_have_text(last)
    expect(rows.first.locator("[data-place]")).to_have_text("1")
    expect(page.locator("[data-order-status]")).to_contain_text("inte sparad")
    press(page.get_by_role("button", name="Spara ordning, motiveringar och ram"))
    expect(rows.first.locator("a").first).to_have_text(last)
    expect(page.locator(".budget-line")).to_have_count(1)
