# SPDX-License-Identifier: EUPL-1.2
"""The desk where the browser runs no script (issue 9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework.register.models import Case
from tests.keyboard import fill, press, reach
from tests.small_city import SmallCity


@pytest.mark.parametrize("width", [1280, 320])
def test_9_a_letter_is_registered_by_keyboard_without_scripts(
    visit: Callable[..., Page], city: SmallCity, width: int
) -> None:
    page = visit("/admin/", width=width, user="registrator", scripts=False)
    menu = page.get_by_role("navigation", name="Meny")

    def follow(name: str) -> None:
        if width == 320:
            reach(menu.locator("summary"))
            page.keyboard.press("Enter")
        press(menu.get_by_role("link", name=name, exact=True))

    follow("Ärenden")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ärenden")
    expect(menu.locator("[aria-current]")).to_have_text("Ärenden")
    case = city.case("registered")
    press(page.get_by_role("link", name=case.dnr, exact=True).first)
    expect(page.locator(".case-head")).to_contain_text(case.title)

    follow("Registrera")
    fill(page.locator("#id_title"), "Klagomål på snöröjning")
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0
    press(page.get_by_role("button", name="Registrera", exact=True))
    expect(page.locator(".messages")).to_contain_text("Registrerat som")
    assert Case.objects.filter(title="Klagomål på snöröjning").count() == 1
