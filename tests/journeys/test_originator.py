# SPDX-License-Identifier: EUPL-1.2
"""An employee gives an initiative with the keyboard alone; nothing typed is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from casework.initiatives.models import Initiative
from casework.process.enums import Stage
from tests.browser import press
from tests.small_city import SmallCity


def _press_until(page: Page, name: str, limit: int = 60) -> None:
    """Tab on until the control with that name holds focus."""
    for _step in range(limit):
        page.keyboard.press("Tab")
        text = page.evaluate("(document.activeElement.innerText || '').trim()")
        if text == name:
            return
    raise AssertionError(f"{name!r} cannot be reached by keyboard")


def test_whole_way_by_keyboard(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/initiativ/nytt/", user="larare")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    _press_until(page, "Börja")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("steg-1"))

    page.focus("#id_title")
    page.keyboard.type("Gemensam cykelpool")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.focus("#id_need")
    page.keyboard.type("Cyklarna står stilla på varje skola.")
    _press_until(page, "Spara och fortsätt")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("steg-2"))

    page.focus("#id_benefits_0")
    page.keyboard.press("Space")
    page.focus("#id_affected_0")
    page.keyboard.press("Space")
    _press_until(page, "Spara och fortsätt")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("steg-3"))

    # A wrong value: the summary has focus, its link leads to the field, the text is kept.
    page.focus("#id_cost_tkr")
    page.keyboard.type("mycket")
    page.keyboard.press("Enter")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_cost_tkr")).to_be_focused()
    expect(page.locator("#id_cost_tkr")).to_have_value("mycket")
    page.fill("#id_cost_tkr", "400")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("kontrollera"))
    _press_until(page, "Skicka till kontaktpersonen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ditt initiativ är skickat.")).to_be_visible()
    expect(page.locator(".case-head")).to_contain_text("Kontakt Ek")
    initiative = Initiative.objects.get(title="Gemensam cykelpool")
    assert initiative.process.stage == Stage.WITH_LIAISON


def test_autosave_tells_when_it_saved(visit: Callable[..., Page], city: SmallCity) -> None:
    pk = city.initiatives["draft"].pk
    page = visit(f"/initiativ/{pk}/steg-1/", user="larare")
    page.fill("#id_title", "Skolmat i mobilen")
    page.keyboard.press("Tab")
    expect(page.locator("#sparat")).to_have_text(re.compile(r"^Sparat \d\d\.\d\d$"))
    assert Initiative.objects.get(pk=pk).title == "Skolmat i mobilen"


def test_lost_session_loses_nothing(visit: Callable[..., Page], city: SmallCity) -> None:
    pk = city.initiatives["draft"].pk
    page = visit(f"/initiativ/{pk}/steg-1/", user="larare")
    page.context.clear_cookies()
    page.fill("#id_proposal", "Text som inte får försvinna.")
    press(page.get_by_role("button", name="Spara och fortsätt", exact=True))
    if "logga-in" not in page.url:  # the form's own protection answers first
        expect(page.get_by_role("heading", level=1)).to_contain_text("för gammalt")
        page.goto(f"/initiativ/{pk}/steg-1/")
    page.fill("#id_login", "larare")
    page.fill("#id_password", "demo")
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url(re.compile("steg-1"))
    expect(page.locator("#id_proposal")).to_have_value("Text som inte får försvinna.")
    expect(page.locator("[data-saved]")).to_contain_text("Vi har fyllt i det du skrev")


def test_double_click_sends_once(visit: Callable[..., Page], city: SmallCity) -> None:
    pk = city.initiatives["draft"].pk
    page = visit(f"/initiativ/{pk}/kontrollera/", user="larare")
    page.get_by_role("button", name="Skicka till kontaktpersonen").dblclick()
    expect(page.get_by_text("Ditt initiativ är skickat.")).to_be_visible()
    assert Initiative.objects.get(pk=pk).process.steps().count() == 1


def test_number_is_copied(visit: Callable[..., Page], city: SmallCity) -> None:
    case = city.case("decided")
    page = visit(f"/arende/ks-{case.year}-{case.serial}/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera").click()
    assert page.evaluate("navigator.clipboard.readText()") == case.dnr
